package io.berth.testenv.bench.kubernetes;

import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The statuses of services as a watch tells them, from now on, with the times at which it does. */
final class Allocation implements AutoCloseable {

    private final BlockingQueue<Held> told = new LinkedBlockingQueue<>();
    private final Watch watch;

    private record Held(String service, String address, Instant at) {}

    /**
     * What came of it.
     *
     * @param services that have an address
     * @param last when the last of them was told
     * @param givenTwice addresses that were seen on more than one service, then or before
     */
    record Outcome(int services, Instant last, Set<String> givenTwice) {}

    Allocation(KubernetesClient client) {
        String now = client.services()
                .inAnyNamespace()
                .list(new ListOptionsBuilder().withLimit(1L).build())
                .getMetadata()
                .getResourceVersion();
        watch = client.services()
                .inAnyNamespace()
                .watch(new ListOptionsBuilder().withResourceVersion(now).build(), new Watcher<Service>() {
                    @Override
                    public void eventReceived(Action action, Service service) {
                        Instant at = Instant.now();
                        for (LoadBalancerIngress ingress :
                                service.getStatus().getLoadBalancer().getIngress()) {
                            told.add(new Held(name(service), ingress.getIp(), at));
                        }
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        throw new IllegalStateException("the watch on services ended", cause);
                    }
                });
    }

    private static String name(Service service) {
        return service.getMetadata().getNamespace() + "/"
                + service.getMetadata().getName();
    }

    /** Waits until so many services have an address, or until time is up. */
    Outcome await(int services, Duration patience) {
        Map<String, String> holders = new HashMap<>();
        Set<String> served = new HashSet<>();
        Set<String> twice = new HashSet<>();
        Instant last = Instant.now();
        Instant end = last.plus(patience);
        for (Duration left = patience;
                served.size() < services && left.isPositive();
                left = Duration.between(Instant.now(), end)) {
            @Nullable Held held = poll(left);
            if (held != null) {
                if (!holders.computeIfAbsent(held.address(), any -> held.service())
                        .equals(held.service())) {
                    twice.add(held.address());
                }
                if (served.add(held.service())) {
                    last = held.at();
                }
            }
        }
        return new Outcome(served.size(), last, twice);
    }

    private @Nullable Held poll(Duration patience) {
        try {
            return told.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
