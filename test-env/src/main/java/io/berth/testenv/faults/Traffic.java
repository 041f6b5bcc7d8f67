package io.berth.testenv.faults;

import io.berth.testenv.Eventually;
import io.berth.testenv.kube.Workload;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * What tenants, administrators and other controllers write, one thing after the other, or many at once, as fast as the API server takes it:
 * services come, go and change their type; somebody writes on services and on their statuses; endpoints, the node and the pools
 * change. No pool ever loses an address, so nothing of this is a reason to take one from a service.
 */
final class Traffic {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
    private static final PatchContext JSON = PatchContext.of(PatchType.JSON);

    /** An outage of a minute, and what comes before and after it. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Ground ground;
    private final RandomGenerator random;
    private final CompletableFuture<Void> running;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    // Belongs to the traffic's thread.
    private final Set<String> present = new TreeSet<>();
    private boolean isWide;

    Traffic(Ground ground, RandomGenerator random) {
        this.ground = ground;
        this.random = random;
        running = CompletableFuture.runAsync(this::flow, Executors.newVirtualThreadPerTaskExecutor());
    }

    private void flow() {
        while (!over.get()) {
            ground.insist(next());
            done.incrementAndGet();
        }
    }

    /** Waits until so many things more have been done. */
    void awaitMore(int things) {
        int until = done.get() + things;
        int reached = Eventually.eventually(PATIENCE, done::get, now -> now >= until || running.isDone());
        if (reached < until) {
            running.join();
        }
    }

    /** How many things have been done. */
    int done() {
        return done.get();
    }

    /** Ends it, and leaves the node and the pools as they should be for everybody to be served. */
    void end() {
        over.set(true);
        running.join();
        ground.insist(() -> {
            patchNode("null");
            patchPool("""
                {"spec": {"autoAssign": true, "serviceAllocation": {"namespaces": ["%s"]}}}
                """.formatted(Scenery.NAMESPACE));
            Scenery.SERVICES.forEach(service -> patchEndpoint(service, true));
        });
    }

    private Runnable next() {
        int dice = random.nextInt(100);
        int number = random.nextInt(1000);
        String service = Scenery.SERVICES.get(random.nextInt(Scenery.SERVICES.size()));
        boolean yes = random.nextBoolean();
        if (dice < 5) {
            return rush();
        }
        if (dice < 50) {
            return present.contains(service) ? leave(service) : come(service);
        }
        if (dice < 60) {
            return () -> patch(
                    service, "{\"spec\":{\"type\":\"" + (number % 4 == 0 ? "ClusterIP" : "LoadBalancer") + "\"}}");
        }
        if (dice < 78) {
            return () -> patch(service, """
                {"metadata": {"annotations": {"example.org/turn": "%d"}, "labels": {"turn-%d": "%d"}}}
                """.formatted(number, number % 3, number));
        }
        if (dice < 85) {
            return () -> touchStatus(service, number);
        }
        if (dice < 90) {
            return () -> patchEndpoint(service, yes);
        }
        return dice < 93 ? () -> patchNode(yes ? "\"\"" : "null") : editPool(number, yes);
    }

    private Runnable come(String name) {
        present.add(name);
        Service service = Workload.loadBalancer(Scenery.NAMESPACE, name);
        return () -> unless(
                HttpURLConnection.HTTP_CONFLICT,
                () -> ground.client().resource(service).create());
    }

    /** All that are not there come at once, in no order. */
    private Runnable rush() {
        List<Runnable> coming = Scenery.SERVICES.stream()
                .filter(service -> !present.contains(service))
                .map(this::come)
                .toList();
        return () -> {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                coming.stream()
                        .map(each -> CompletableFuture.runAsync(each, threads))
                        .toList()
                        .forEach(CompletableFuture::join);
            }
        };
    }

    private Runnable leave(String name) {
        present.remove(name);
        return () -> service(name).delete();
    }

    private void patch(String name, String patch) {
        unless(HttpURLConnection.HTTP_NOT_FOUND, () -> service(name).patch(MERGE, patch));
    }

    /** Another controller's condition, in the same status in which the address is. */
    private void touchStatus(String name, int number) {
        unless(
                HttpURLConnection.HTTP_NOT_FOUND,
                () -> service(name).subresource("status").patch(MERGE, """
                    {"status": {"conditions": [{"type": "example.org/Checked", "status": "True", "reason": "R%d",
                      "message": "", "lastTransitionTime": "2026-01-31T00:00:00Z"}]}}
                    """.formatted(number)));
    }

    private Resource<Service> service(String name) {
        return ground.client().services().inNamespace(Scenery.NAMESPACE).withName(name);
    }

    private void patchEndpoint(String service, boolean ready) {
        ground.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace(Scenery.NAMESPACE)
                .withName(service + "-1")
                .patch(
                        JSON,
                        "[{\"op\":\"replace\",\"path\":\"/endpoints/0/conditions/ready\",\"value\":" + ready + "}]");
    }

    /** @param excluded the value of the label that keeps the node from announcing, as JSON */
    private void patchNode(String excluded) {
        ground.client().nodes().withName(ground.node()).patch(MERGE, """
            {"metadata": {"labels": {"node.kubernetes.io/exclude-from-external-load-balancers": %s, "turn": "%d"}}}
            """.formatted(excluded, done.get()));
    }

    private Runnable editPool(int number, boolean yes) {
        String spec = switch (number % 4) {
            case 0 -> "\"autoAssign\": " + yes;
            case 1 -> "\"serviceAllocation\": {\"priority\": " + (yes ? 50 : 70) + "}";
            case 2 -> "\"serviceAllocation\": {\"namespaces\": [\"" + (yes ? Scenery.NAMESPACE : "others") + "\"]}";
            default -> "\"addresses\": " + widened();
        };
        return () -> patchPool("""
            {"metadata": {"annotations": {"example.org/turn": "%d"}}, "spec": {%s}}
            """.formatted(number, spec));
    }

    /** A pool grows in a round, and does not shrink. */
    private String widened() {
        String more = isWide ? ", \"" + Scenery.PREFIX + "32-" + Scenery.PREFIX + "39\"" : "";
        isWide = true;
        return "[\"" + Scenery.PREFIX + "0/28\", \"" + Scenery.PREFIX + "16-" + Scenery.PREFIX + "19\"" + more + "]";
    }

    private void patchPool(String patch) {
        ground.client()
                .genericKubernetesResources("metallb.io/v1beta1", "IPAddressPool")
                .inNamespace(ground.namespace())
                .withName(Scenery.POOL)
                .patch(MERGE, patch);
    }

    /** Does what the API server may refuse with this code, where that is as good. */
    private static void unless(int code, Runnable request) {
        try {
            request.run();
        } catch (KubernetesClientException e) {
            if (e.getCode() != code) {
                throw e;
            }
        }
    }
}
