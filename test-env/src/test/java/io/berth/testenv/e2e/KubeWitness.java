package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sees every version of every Service, in the order in which they were written, and notes what must never be: an address on two
 * services at once, a service whose address becomes another, or none, while it asks for one.
 *
 * <p>Over an outage of the API server it misses versions, as every client does; what it then finds must be right all the same.
 */
final class KubeWitness implements AutoCloseable {

    private final KubernetesClient client;
    private final SharedIndexInformer<Service> informer;
    private final List<String> wrongs = new CopyOnWriteArrayList<>();

    // Belongs to the informer's thread.
    private final Map<String, List<String>> held = new HashMap<>();
    private final Map<String, String> holders = new HashMap<>();

    KubeWitness(KubernetesClient client) {
        this.client = client;
        informer = client.services().inAnyNamespace().runnableInformer(0);
        informer.addEventHandler(new Handler()).run();
    }

    /** Fails where anything was seen that must not be, once everything has been seen. */
    void hasSeenNothingWrong() {
        eventually(() -> assertThat(versions(informer.getStore().list()))
                .containsExactlyInAnyOrderElementsOf(
                        versions(client.services().inAnyNamespace().list().getItems())));
        assertThat(wrongs).isEmpty();
    }

    private static List<String> versions(List<Service> services) {
        return services.stream()
                .map(service -> identity(service) + " " + service.getMetadata().getResourceVersion())
                .toList();
    }

    private static String identity(Service service) {
        return service.getMetadata().getNamespace() + "/"
                + service.getMetadata().getName() + " " + service.getMetadata().getUid();
    }

    private void see(Service service) {
        String identity = identity(service);
        List<String> now = service.getStatus().getLoadBalancer().getIngress().stream()
                .map(LoadBalancerIngress::getIp)
                .toList();
        List<String> before = held.getOrDefault(identity, List.of());
        if (!before.isEmpty() && !now.equals(before)) {
            wrongs.add(identity + " had " + before + " and has " + now + " since "
                    + service.getMetadata().getResourceVersion());
        }
        forget(identity);
        held.put(identity, now);
        for (String address : now) {
            String other = holders.putIfAbsent(address, identity);
            if (other != null) {
                wrongs.add(address + " is on " + other + " and since "
                        + service.getMetadata().getResourceVersion() + " on " + identity);
            }
        }
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
            see(service);
        }

        @Override
        public void onDelete(Service service, boolean wasMissed) {
            forget(identity(service));
        }
    }
}
