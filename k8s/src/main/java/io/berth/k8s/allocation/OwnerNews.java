package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.Cluster.Event;
import io.berth.k8s.resource.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells the owners of services what became of them: of each decision once. Belongs to one thread. */
final class OwnerNews {

    private static final Logger LOG = LoggerFactory.getLogger(OwnerNews.class);

    private final Cluster cluster;
    private final Map<ServiceKey, List<Event>> told = new HashMap<>();

    OwnerNews(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Whether nothing is left to tell of a decision. */
    boolean isTold(Service service, Decided decided) {
        return isTold(Statuses.events(service, decided), service.meta().key());
    }

    private boolean isTold(List<Event> events, ServiceKey service) {
        return events.equals(told.getOrDefault(service, List.of()));
    }

    /** Tells the owner of a decision that stands on the service by now, unless that was told. */
    void tell(Service service, Decided decided) {
        ServiceKey key = service.meta().key();
        List<Event> events = Statuses.events(service, decided);
        if (!isTold(events, key)) {
            events.forEach(this::tell);
            told.put(key, events);
        }
    }

    void tell(Event event) {
        LOG.atLevel(event.type() == Event.Type.WARNING ? Level.WARN : Level.INFO)
                .log("{} object={} message=\"{}\"", event.reason(), event.object(), event.message());
        cluster.event(event);
    }

    /** A service is gone: one that comes under its name is another. */
    void forget(ServiceKey service) {
        told.remove(service);
    }

    void forgetAll() {
        told.clear();
    }
}
