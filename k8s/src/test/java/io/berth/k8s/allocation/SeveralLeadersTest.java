package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.loop.ManualThread;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Service;
import io.berth.metrics.AllocationMeters;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two processes that both believe that they decide, on one API server: what they see is old, each kind of objects as old as it happens
 * to be, and what they write arrives when it does. Whatever the order, no address ever stands on two services.
 */
class SeveralLeadersTest {

    private static final int STEPS = 400;
    private static final int SERVICES = 7;

    /** Fewer addresses than services. */
    private static final String POOL = pool("pool", "10.0.1.0-10.0.1.4", "");

    private final List<Controller> processes = new ArrayList<>();
    private ClusterState server = world(POOL);
    private int versions;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("berth.leaders", 100));
    }

    /** One of the processes, with its own picture of the server. */
    private final class Controller implements Cluster {
        private final ManualThread thread = new ManualThread();
        private final AllocationLoop loop =
                new AllocationLoop(this, AllocationSettings.DEFAULT, new AllocationMeters(System::nanoTime), thread);
        private final List<Runnable> onTheirWay = new ArrayList<>();
        private ClusterState seen = server;

        @Override
        public Writers writers() {
            return Writers.SEVERAL;
        }

        @Override
        public void start(Listener listener) {
            throw new UnsupportedOperationException("it is told by hand");
        }

        @Override
        public ClusterState state() {
            return seen;
        }

        void seeServices() {
            for (Service service : server.services()) {
                seen = seen.with(service);
            }
            for (Service service : seen.services()) {
                if (server.service(service.meta().key()).isEmpty()) {
                    seen = seen.without(service.reference());
                }
            }
            loop.changed(seen, seen);
        }

        void seePools() {
            for (IPAddressPool pool : server.pools()) {
                seen = seen.with(pool);
            }
            loop.changed(seen, seen);
        }

        @Override
        public CompletionStage<Written> writeStatus(Service basis, List<InetAddress> addresses, String pool) {
            return write(() -> put(basis, basis.with(addresses, pool)));
        }

        @Override
        public CompletionStage<Written> writeTenures(IPAddressPool basis, String tenures) {
            return write(() -> put(basis, basis.with(tenures)));
        }

        private Written put(Resource basis, Resource changed) {
            if (!server.resources().contains(basis)) {
                return Written.CONFLICT;
            }
            server = server.with(anew(changed));
            seen = seen.with(now(changed));
            loop.changed(seen, seen);
            noAddressStandsOnTwoServices();
            return Written.DONE;
        }

        private CompletionStage<Written> write(Supplier<Written> writing) {
            CompletableFuture<Written> answer = new CompletableFuture<>();
            onTheirWay.add(() -> answer.complete(writing.get()));
            return answer;
        }

        void arrive(Random random) {
            if (!onTheirWay.isEmpty()) {
                onTheirWay.remove(random.nextInt(onTheirWay.size())).run();
            }
        }

        void arriveAll() {
            while (!onTheirWay.isEmpty()) {
                onTheirWay.removeFirst().run();
                thread.runReady();
            }
        }

        @Override
        public void event(Event event) {
            // Nobody listens.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** With another version, as every write leaves it. */
    private Resource anew(Resource changed) {
        String version = String.valueOf(++versions);
        return switch (changed) {
            case Service service -> withVersion(service, version);
            case IPAddressPool pool -> new IPAddressPool(pool.meta().withResourceVersion(version), pool.pool());
            default -> changed;
        };
    }

    private static Service withVersion(Service s, String version) {
        return new Service(
                s.meta().withResourceVersion(version),
                s.type(),
                s.clusterIps(),
                s.ipFamilies(),
                s.ipFamilyPolicy(),
                s.loadBalancerIp(),
                s.loadBalancerClass(),
                s.externalTrafficPolicy(),
                s.selector(),
                s.ports(),
                s.ingress());
    }

    private Resource now(Resource changed) {
        return server.resources().stream()
                .filter(resource -> resource.reference().equals(changed.reference()))
                .findFirst()
                .orElseThrow();
    }

    private void noAddressStandsOnTwoServices() {
        Map<InetAddress, ServiceKey> holders = new HashMap<>();
        for (Service service : server.services()) {
            for (InetAddress address : service.ingress()) {
                assertThat(holders.putIfAbsent(address, service.meta().key()))
                        .as("who else has %s of %s", address, service.meta().key())
                        .isNull();
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void giveNothingTwiceAndComeToRest(long seed) {
        Random random = new Random(seed);
        IntStream.range(0, 2).forEach(_ -> processes.add(new Controller()));
        processes.forEach(process -> process.loop.lead());
        for (int step = 0; step < STEPS; step++) {
            Controller one = processes.get(random.nextInt(processes.size()));
            switch (random.nextInt(11)) {
                case 0, 1 -> comeOrGo(random);
                case 2, 3 -> one.seeServices();
                case 4, 5 -> one.seePools();
                case 6, 7 -> one.thread.runReady();
                case 8, 9 -> one.arrive(random);
                default -> timePasses(random);
            }
        }
        comeToRest();
        int before = versions;
        comeToRest();
        assertThat(versions).as("writes once all is well").isEqualTo(before);
    }

    private void comeOrGo(Random random) {
        String key = "a/web-" + random.nextInt(SERVICES);
        if (server.service(ServiceKey.parse(key)).isEmpty()) {
            server = server.with(anew(world(service(key)).services().getFirst()));
        } else {
            server = server.without("Service/" + key);
        }
    }

    /** Less than promises stay passes at any time; more only once everybody has seen what there was. */
    private void timePasses(Random random) {
        if (random.nextInt(4) == 0) {
            processes.forEach(Controller::seeServices);
            processes.forEach(process -> process.thread.pass(PoolPromises.SEEN_BY_ALL.plusMillis(1)));
        } else {
            processes.forEach(process -> process.thread.pass(Duration.ofMillis(100)));
        }
    }

    private void comeToRest() {
        for (int round = 0; round < 200; round++) {
            for (Controller process : processes) {
                process.seeServices();
                process.seePools();
                process.thread.runReady();
                process.arriveAll();
                process.thread.pass(Duration.ofMillis(200));
                process.arriveAll();
            }
        }
    }
}
