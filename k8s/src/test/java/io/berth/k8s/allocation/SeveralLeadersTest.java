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
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Processes that all believe that they decide, on one API server: what they see is old, each kind of objects as old as it happens to
 * be; what they write arrives when it does, after its sender's death too, and the answer to it may get lost. Whatever the order, no address
 * ever stands on two services, and in the end all that can be given is given.
 */
class SeveralLeadersTest {

    private static final int STEPS = 400;
    private static final int SERVICES = 7;
    private static final int ADDRESSES = 5;

    /** Fewer addresses than services. */
    private static final String POOL = pool("pool", "10.0.1.0-10.0.1.4", "");

    /** The same, while somebody has taken one out. */
    private static final String SMALLER_POOL = pool("pool", "10.0.1.0-10.0.1.2, 10.0.1.4/32", "");

    private final List<Controller> processes = new ArrayList<>();

    /** Requests of processes that are no more. */
    private final List<Runnable> orphaned = new ArrayList<>();

    private ClusterState server = world(POOL);

    /** As it was a while ago: what a process that starts may be told first. */
    private ClusterState cached = server;

    private int versions;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("berth.leaders", 100));
    }

    /** What was sent, and what its sender is told of it. */
    private record Request(Runnable arrival, Runnable loss) {}

    /** One of the processes, with its own picture of the server. */
    private final class Controller implements Cluster {
        private final ManualThread thread = new ManualThread();
        private final AllocationLoop loop =
                new AllocationLoop(this, AllocationSettings.DEFAULT, new AllocationMeters(System::nanoTime), thread);
        private final List<Request> onTheirWay = new ArrayList<>();
        private ClusterState seen = cached;

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

        @Override
        public CompletionStage<Void> catchUp() {
            return send(() -> {
                seeAll();
                return null;
            });
        }

        private void seeAll() {
            server.services().forEach(service -> seen = seen.with(service));
            loop.changed(seen, seen);
        }

        void seeServices() {
            for (Service service : seen.services()) {
                if (server.service(service.meta().key()).isEmpty()) {
                    seen = seen.without(service.reference());
                }
            }
            seeAll();
        }

        void seePools() {
            server.pools().forEach(pool -> seen = seen.with(pool));
            loop.changed(seen, seen);
        }

        @Override
        public CompletionStage<Written> writeStatus(Service basis, List<InetAddress> addresses, String pool) {
            return send(() -> put(basis, basis.with(addresses, pool)));
        }

        @Override
        public CompletionStage<Written> writeTenures(IPAddressPool basis, String tenures) {
            return send(() -> put(basis, basis.with(tenures)));
        }

        private Written put(Resource basis, Resource changed) {
            if (!server.resources().contains(basis)) {
                return Written.CONFLICT;
            }
            server = server.with(anew(changed));
            noAddressStandsOnTwoServices();
            seen = seen.with(now(changed));
            loop.changed(seen, seen);
            return Written.DONE;
        }

        private <T> CompletionStage<T> send(Supplier<T> request) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            onTheirWay.add(new Request(
                    () -> answer.complete(request.get()),
                    () -> answer.completeExceptionally(new IllegalStateException("no answer in time"))));
            return answer;
        }

        private Request any(Random random) {
            return onTheirWay.remove(random.nextInt(onTheirWay.size()));
        }

        void arrive(Random random) {
            if (!onTheirWay.isEmpty()) {
                any(random).arrival.run();
            }
        }

        /** The request may arrive later for all that. */
        void giveUp(Random random) {
            if (!onTheirWay.isEmpty()) {
                Request request = any(random);
                request.loss.run();
                orphaned.add(request.arrival);
            }
        }

        void arriveAll() {
            while (!onTheirWay.isEmpty()) {
                onTheirWay.removeFirst().arrival.run();
                thread.runReady();
            }
        }

        void die() {
            thread.close();
            onTheirWay.forEach(request -> orphaned.add(request.arrival));
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
    void giveNothingTwiceAndInTheEndAllThereIs(long seed) {
        Random random = new Random(seed);
        begin();
        begin();
        for (int step = 0; step < STEPS; step++) {
            Controller one = processes.get(random.nextInt(processes.size()));
            switch (random.nextInt(32)) {
                case 0, 1, 2, 3, 4 -> comeOrGo(random);
                case 5 -> edit(random);
                case 6 -> become(random.nextBoolean() ? POOL : SMALLER_POOL);
                case 7, 8, 9, 10, 11, 12 -> one.seeServices();
                case 13, 14, 15, 16, 17 -> one.seePools();
                case 18, 19, 20, 21, 22, 23 -> one.thread.runReady();
                case 24, 25, 26, 27 -> one.arrive(random);
                case 28 -> one.giveUp(random);
                case 29 -> arriveLate(random);
                case 30 -> one.thread.pass(Duration.ofMillis(random.nextInt(5_000)));
                default -> happenRarely(one, random);
            }
        }
        become(POOL);
        comeToRest();
        int before = versions;
        comeToRest();
        assertThat(versions).as("writes once all is well").isEqualTo(before);
        assertThat(server.services().stream()
                        .filter(service -> !service.ingress().isEmpty()))
                .as("services that have an address")
                .hasSize(Math.min(ADDRESSES, server.services().size()));
    }

    private void begin() {
        Controller process = new Controller();
        processes.add(process);
        process.loop.lead();
    }

    private void comeOrGo(Random random) {
        String key = "a/web-" + random.nextInt(SERVICES);
        if (server.service(ServiceKey.parse(key)).isEmpty()) {
            server = server.with(anew(world(service(key)).services().getFirst()));
        } else {
            server = server.without("Service/" + key);
        }
    }

    /** Somebody changes something of a service, or of a pool, that decides nothing. */
    private void edit(Random random) {
        List<Resource> all = List.copyOf(server.resources());
        server = server.with(anew(all.get(random.nextInt(all.size()))));
    }

    private void become(String pool) {
        IPAddressPool now = world(pool).pools().getFirst();
        server = server.with(anew(now.with(server.pools().getFirst().tenuresText())));
    }

    private void arriveLate(Random random) {
        if (!orphaned.isEmpty()) {
            orphaned.remove(random.nextInt(orphaned.size())).run();
        }
    }

    private void happenRarely(Controller one, Random random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                one.die();
                processes.remove(one);
                begin();
            }
            case 1 -> cached = server;
            case 2 -> {
                one.loop.standBy();
                one.loop.lead();
            }
            default -> {
                // Nothing, as mostly.
            }
        }
    }

    private void comeToRest() {
        for (int round = 0; round < 100; round++) {
            for (Controller process : processes) {
                process.seeServices();
                process.seePools();
                process.thread.runReady();
                process.arriveAll();
                process.thread.pass(Duration.ofSeconds(2));
                process.arriveAll();
            }
        }
    }
}
