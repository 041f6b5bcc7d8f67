package io.berth.testenv.e2e;

import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Every address that the status of any Service has ever had, if only for a moment: a watch misses none. */
final class AddressHistory implements AutoCloseable {

    private record Had(String namespace, String service, String address) {}

    private final List<Had> history = new CopyOnWriteArrayList<>();
    private final Watch watch;

    private AddressHistory(KubernetesClient client) {
        watch = client.services().inAnyNamespace().watch(new Watcher<Service>() {
            @Override
            public void eventReceived(Action action, Service service) {
                note(service);
            }

            @Override
            public void onClose(WatcherException cause) {
                history.add(new Had("", "", "the watch ended: " + cause));
            }
        });
    }

    static AddressHistory from(KubernetesClient client) {
        return new AddressHistory(client);
    }

    private void note(Service service) {
        service.getStatus().getLoadBalancer().getIngress().stream()
                .map(LoadBalancerIngress::getIp)
                .map(address -> new Had(
                        service.getMetadata().getNamespace(),
                        service.getMetadata().getName(),
                        address))
                .forEach(history::add);
    }

    /** All that Services of this namespace have had. */
    Set<String> of(String namespace) {
        return history.stream()
                .filter(had -> had.namespace.equals(namespace))
                .map(Had::address)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** All that this Service has had. */
    Set<String> of(String namespace, String service) {
        return history.stream()
                .filter(had -> had.namespace.equals(namespace) && had.service.equals(service))
                .map(Had::address)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void close() {
        watch.close();
    }
}
