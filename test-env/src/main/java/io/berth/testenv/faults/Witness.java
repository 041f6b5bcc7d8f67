package io.berth.testenv.faults;

import io.berth.testenv.Eventually;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * Sees every version of every Service, in the order in which they were written, and notes what must never be: an address on two
 * services at once, a service whose address becomes another, or none, while it asks for one.
 *
 * <p>Over an outage of the API server it misses versions, as every client does; what it then finds must be right all the same. It is
 * told of what there is before it is told of what is gone, so an address may seem to be on two services until then.
 */
public final class Witness implements AutoCloseable {

    private sealed interface Wrong {

        record Lost(String service, List<String> had, List<String> has, long since) implements Wrong {
            @Override
            public String toString() {
                return service + " had " + had + " and has " + has + " since " + since;
            }
        }

        record Twice(String address, String holder, String other, long since) implements Wrong {
            @Override
            public String toString() {
                return address + " is on " + holder + " and since " + since + " on " + other;
            }
        }
    }

    private final KubernetesClient client;
    private final SharedIndexInformer<Service> informer;
    private final List<Wrong> wrongs = new CopyOnWriteArrayList<>();

    // Belongs to the informer's thread.
    private final Map<String, List<String>> held = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();

    /** Looks from now on. */
    public Witness(KubernetesClient client) {
        this.client = client;
        informer = client.services().inAnyNamespace().runnableInformer(0);
        informer.addEventHandler(new Handler()).run();
    }

    /** What was wrong among all that has been written until now; fails where it cannot see all of that. */
    public List<String> wrongs() {
        Eventually.eventually(
                () -> versions(informer.getStore().list()),
                seen -> seen.equals(
                        versions(client.services().inAnyNamespace().list().getItems())));
        return wrongs.stream().map(Wrong::toString).toList();
    }

    private static Set<String> versions(List<Service> services) {
        return services.stream()
                .map(service -> identity(service) + " " + service.getMetadata().getResourceVersion())
                .collect(Collectors.toSet());
    }

    /** One that is deleted and created again is another one. */
    private static String identity(Service service) {
        return service.getMetadata().getNamespace() + "/"
                + service.getMetadata().getName() + " " + service.getMetadata().getUid();
    }

    private void see(Service service) {
        String identity = identity(service);
        long version = Long.parseLong(service.getMetadata().getResourceVersion());
        List<String> now = service.getStatus().getLoadBalancer().getIngress().stream()
                .map(LoadBalancerIngress::getIp)
                .toList();
        boolean asks = service.getSpec().getType().equals("LoadBalancer");
        List<String> before = held.getOrDefault(identity, List.of());
        if (asks && !before.isEmpty() && !now.equals(before)) {
            wrongs.add(new Wrong.Lost(identity, before, now, version));
        }
        forget(identity);
        acquit(identity, version);
        if (asks) {
            held.put(identity, now);
        }
        for (String address : now) {
            String other = holders.putIfAbsent(address, identity);
            if (other != null) {
                wrongs.add(new Wrong.Twice(address, other, identity, version));
            }
        }
    }

    /**
     * A service was seen as it was at that version, or is gone: whoever got later what it had before may have got that when it was
     * free. What is told in the order in which it was written never comes here.
     */
    private void acquit(String holder, long version) {
        List<Wrong.Twice> explained = wrongs.stream()
                .filter(Wrong.Twice.class::isInstance)
                .map(Wrong.Twice.class::cast)
                .filter(twice -> twice.holder.equals(holder) && twice.since > version)
                .toList();
        wrongs.removeAll(explained);
        explained.stream()
                .filter(twice -> held.getOrDefault(twice.other, List.of()).contains(twice.address))
                .forEach(twice -> holders.putIfAbsent(twice.address, twice.other));
    }

    /** The end of a service that nobody saw. */
    private void forgetUnseen(String identity) {
        forget(identity);
        acquit(identity, 0);
    }

    private void forget(String identity) {
        held.remove(identity);
        holders.values().removeIf(identity::equals);
    }

    @Override
    public void close() {
        informer.close();
    }

    private final class Handler implements ResourceEventHandler<Service> {
        @Override
        public void onAdd(Service service) {
            see(service);
        }

        @Override
        public void onUpdate(Service before, Service service) {
            // The end of one whose name another one has by now may have come in an outage.
            if (!identity(before).equals(identity(service))) {
                forgetUnseen(identity(before));
            }
            see(service);
        }

        @Override
        public void onDelete(Service service, boolean wasMissed) {
            if (wasMissed) {
                forgetUnseen(identity(service));
            } else {
                forget(identity(service));
            }
        }
    }
}
