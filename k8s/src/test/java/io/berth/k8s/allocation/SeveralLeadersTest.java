package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.onlyService;
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
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    private static final String SOMETIMES_OUT = "10.0.1.3";

    /** The same, while somebody has taken one out. */
    private static final String SMALLER_POOL = pool("pool", "10.0.1.0-10.0.1.2, 10.0.1.4/32", "");

    /** What is told of a server: an object as it became, or that it went. */
    private sealed interface News {

        record Is(Resource resource) implements News {}

        record Went(Resource last, long version) implements News {}
    }

    private final List<Controller> processes = new ArrayList<>();

    /** Requests of processes that are no more, or that were given up. */
    private final List<Runnable> orphaned = new ArrayList<>();

    private ClusterState server = world(POOL);
    private final List<News> history = new ArrayList<>();

    /** How far back is what a process that starts is told first. */
    private int cached;

    private long versions;

    /** When a pool without {@link #SOMETIMES_OUT} was there last. */
    private long lastOut;

    /** When services got what they have. */
    private final Map<ServiceKey, Long> got = new HashMap<>();

    SeveralLeadersTest() {
        world(POOL).pools().forEach(pool -> put(pool));
    }

    /** Another version, as every write makes one. */
    private Resource put(Resource changed) {
        Resource now = withVersion(changed, ++versions);
        server = server.with(now);
        history.add(new News.Is(now));
        return now;
    }

    private void remove(Resource last) {
        server = server.without(last.reference());
        history.add(new News.Went(last, ++versions));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("berth.leaders", 100));
    }

    /** All services of one moment. */
    private record AllServices(List<Service> services, long version) {}

    /** What was sent, and what its sender is told of it. */
    private record Request(Runnable arrival, Runnable loss) {}

    /** One of the processes, with its own picture of the server. */
    private final class Controller implements Cluster {
        private final ManualThread thread = new ManualThread();
        private final AllocationLoop loop =
                new AllocationLoop(this, AllocationSettings.DEFAULT, new AllocationMeters(System::nanoTime), thread);
        private final List<Request> onTheirWay = new ArrayList<>();
        private final Map<String, Long> known = new HashMap<>();
        private final Map<String, Long> gone = new HashMap<>();
        private ClusterState seen = ClusterState.EMPTY.as(server.picture());
        private int servicesHeard;
        private int poolsHeard;

        Controller() {
            hearServices(cached);
            hearPools(cached);
        }

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

        /** What the server says when it is asked arrives later, and what it says of the pools last. */
        @Override
        public CompletionStage<Void> catchUp() {
            return asked(() -> new AllServices(List.copyOf(server.services()), versions))
                    .thenCompose(services -> asked(() -> server.pools()).thenAccept(pools -> {
                        see(services);
                        pools.forEach(this::see);
                    }));
        }

        private <T> CompletionStage<T> asked(Supplier<T> question) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            send(question).whenComplete((said, failure) -> {
                if (failure != null) {
                    answer.completeExceptionally(failure);
                } else {
                    onTheirWay.add(new Request(
                            () -> answer.complete(said),
                            () -> answer.completeExceptionally(new IllegalStateException("no list in time"))));
                }
            });
            return answer;
        }

        /** Who is not among them is gone, unless it came later. */
        private void see(AllServices all) {
            Set<String> there = all.services.stream().map(Resource::reference).collect(Collectors.toSet());
            seen.services().stream()
                    .filter(service -> !there.contains(service.reference()) && version(service) <= all.version)
                    .forEach(service -> hear(new News.Went(service, all.version)));
            all.services.forEach(this::see);
        }

        private void see(Resource resource) {
            long version = version(resource);
            String reference = resource.reference();
            if (version > known.getOrDefault(reference, 0L) && version > gone.getOrDefault(reference, 0L)) {
                known.put(reference, version);
                seen = seen.with(resource);
                loop.changed(seen, seen);
            }
        }

        private void hear(News news) {
            switch (news) {
                case News.Is(Resource resource) -> see(resource);
                case News.Went(Resource last, long version) -> {
                    if (version > known.getOrDefault(last.reference(), 0L)) {
                        known.remove(last.reference());
                        gone.put(last.reference(), version);
                        seen = seen.without(last.reference());
                        loop.changed(seen, seen);
                    }
                }
            }
        }

        void hearServices(int end) {
            for (; servicesHeard < end; servicesHeard++) {
                News news = history.get(servicesHeard);
                if (!(news instanceof News.Is(IPAddressPool _))) {
                    hear(news);
                }
            }
        }

        void hearPools(int end) {
            for (; poolsHeard < end; poolsHeard++) {
                News news = history.get(poolsHeard);
                if (news instanceof News.Is(IPAddressPool _)) {
                    hear(news);
                }
            }
        }

        @Override
        public CompletionStage<Written> writeStatus(Service basis, List<InetAddress> addresses, String pool) {
            return write(basis, basis.with(addresses, pool));
        }

        @Override
        public CompletionStage<Written> writeTenures(IPAddressPool basis, String tenures) {
            return write(basis, basis.with(tenures));
        }

        private CompletionStage<Written> write(Resource basis, Resource changed) {
            return send(() -> {
                if (!server.resources().contains(basis)) {
                    return Written.CONFLICT;
                }
                see(put(changed));
                noAddressStandsOnTwoServices();
                nothingIsTakenFromWhomItStillSuits(basis, changed);
                return Written.DONE;
            });
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

    private static Resource withVersion(Resource resource, long version) {
        String text = Long.toString(version);
        return switch (resource) {
            case Service service -> withVersion(service, text);
            case IPAddressPool pool -> new IPAddressPool(pool.meta().withResourceVersion(text), pool.pool());
            default -> throw new IllegalArgumentException(resource.reference());
        };
    }

    private static long version(Resource resource) {
        return Long.parseLong(resource.meta().resourceVersion());
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

    /** A service loses its address for asking for another one, or where somebody took that one out of the pool since it got it. */
    private void nothingIsTakenFromWhomItStillSuits(Resource before, Resource after) {
        if (before instanceof Service had
                && after instanceof Service has
                && !had.ingress().equals(has.ingress())) {
            got.put(has.meta().key(), versions);
            assertThat(had.ingress().stream().map(InetAddress::getHostAddress))
                    .as("what is taken from %s, which asks for '%s'", had.meta().key(), had.loadBalancerIp())
                    .allMatch(address -> address.equals(SOMETIMES_OUT)
                                    && lastOut > got.getOrDefault(had.meta().key(), 0L)
                            || !had.loadBalancerIp().isEmpty() && !address.equals(had.loadBalancerIp()));
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
            switch (random.nextInt(40)) {
                case 0, 1, 2, 3, 4 -> comeOrGo(random);
                case 5, 6, 7 -> edit(random);
                case 8 -> become(random.nextBoolean() ? POOL : SMALLER_POOL);
                case 9, 10, 11, 12, 13, 14 -> one.hearServices(some(one.servicesHeard, random));
                case 15, 16, 17, 18, 19 -> one.hearPools(some(one.poolsHeard, random));
                case 20, 21, 22, 23, 24, 25 -> one.thread.runReady();
                case 26, 27, 28, 29, 30, 31 -> one.arrive(random);
                case 32 -> one.giveUp(random);
                case 33, 34 -> arriveLate(random);
                case 35 -> one.thread.pass(Duration.ofMillis(random.nextInt(5_000)));
                case 36 -> cached = history.size();
                case 37 -> giveUpOffice(one);
                case 38 -> replace(one);
                default -> {
                    // Nothing happens.
                }
            }
        }
        become(POOL);
        server.services().forEach(service -> become(service, ""));
        comeToRest();
        long before = versions;
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

    /** As a rule a watch is not far behind. */
    private int some(int heard, Random random) {
        return random.nextInt(3) == 0 ? heard + random.nextInt(history.size() - heard + 1) : history.size();
    }

    private void comeOrGo(Random random) {
        String key = "a/web-" + random.nextInt(SERVICES);
        server.service(ServiceKey.parse(key))
                .ifPresentOrElse(this::remove, () -> put(onlyService(service(key, wish(random)))));
    }

    /** Somebody changes something: what a service asks for, or what decides nothing. */
    private void edit(Random random) {
        List<Resource> all = List.copyOf(server.resources());
        switch (all.get(random.nextInt(all.size()))) {
            case Service service when random.nextBoolean() -> become(service, wish(random));
            case Resource any -> put(any);
        }
    }

    /** Half of the services ask for an address of their own. */
    private static String wish(Random random) {
        return random.nextBoolean() ? "" : "loadBalancerIP: 10.0.1." + random.nextInt(ADDRESSES);
    }

    private void become(Service service, String spec) {
        Service asking = onlyService(service(service.meta().key().toString(), spec));
        put(asking.with(service.ingress(), service.allocatedFromPool()));
    }

    private void become(String pool) {
        lastOut = pool.equals(SMALLER_POOL) ? Long.MAX_VALUE : Math.min(lastOut, versions);
        IPAddressPool now = world(pool).pools().getFirst();
        put(now.with(server.pools().getFirst().tenuresText()));
    }

    private void arriveLate(Random random) {
        if (!orphaned.isEmpty()) {
            orphaned.remove(random.nextInt(orphaned.size())).run();
        }
    }

    private void giveUpOffice(Controller one) {
        one.loop.standBy();
        one.loop.lead();
    }

    private void replace(Controller one) {
        one.die();
        processes.remove(one);
        begin();
    }

    private void comeToRest() {
        for (int round = 0; round < 100; round++) {
            for (Controller process : processes) {
                process.hearServices(history.size());
                process.hearPools(history.size());
                process.thread.runReady();
                process.arriveAll();
                process.thread.pass(Duration.ofSeconds(2));
                process.arriveAll();
            }
        }
    }
}
