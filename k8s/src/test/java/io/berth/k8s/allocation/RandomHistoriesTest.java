package io.berth.k8s.allocation;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.loop.ManualThread;
import io.berth.k8s.resource.Service;
import io.berth.metrics.AllocationMeters;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A cluster that keeps changing at random, now and then out of reach. Whatever happens: no address has two holders that do
 * not share it, what is written is what was decided, and a process that starts now decides the same.
 */
class RandomHistoriesTest {

    private static final int STEPS = 150;

    /** The parts of a world that come and go, by what they are. */
    private final Map<String, String> parts = new TreeMap<>();

    private final FakeCluster cluster = new FakeCluster();
    private final ManualThread thread = new ManualThread();
    private final AllocationLoop loop =
            new AllocationLoop(cluster, AllocationSettings.DEFAULT, new AllocationMeters(System::nanoTime), thread);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void endWhereAFreshStartEnds(long seed) {
        Random random = new Random(seed);
        cluster.start(loop);
        loop.lead();
        for (int step = 0; step < STEPS; step++) {
            String change = change(random);
            trouble(random);
            cluster.become(world(parts.values().toArray(String[]::new)));
            thread.runReady();
            cluster.recover();
            thread.pass(Duration.ofMinutes(2));

            String where = "seed " + seed + ", step " + step + " (" + change + ")";
            assertThat(thread.waiting()).as(where).isZero();
            noAddressIsGivenTwice(where);
            assertThat(freshStart()).as(where).isEqualTo(written());
        }
    }

    private void trouble(Random random) {
        if (random.nextInt(5) == 0) {
            cluster.breakDown();
        }
    }

    private String change(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> put("namespace a", namespace("a", "tier: " + pick(random, "gold", "lead")));
            case 1, 2 -> changePool(random);
            case 3, 4 -> remove(random, "service ");
            default -> changeService(random);
        };
    }

    private String put(String part, String manifest) {
        parts.put(part, manifest);
        return part;
    }

    private String remove(Random random, String kind) {
        List<String> there =
                parts.keySet().stream().filter(part -> part.startsWith(kind)).toList();
        if (there.isEmpty()) {
            return "nothing";
        }
        String gone = there.get(random.nextInt(there.size()));
        parts.remove(gone);
        return "no " + gone;
    }

    private String changePool(Random random) {
        int number = random.nextInt(3);
        if (random.nextInt(4) == 0) {
            return remove(random, "pool ");
        }
        String addresses = "10.0." + number + "." + 4 * random.nextInt(2) + "/" + pick(random, "30", "31");
        String scope = pick(
                random,
                "",
                "priority: 5, namespaces: [a]",
                "priority: 5, namespaceSelectors: [{matchLabels: {tier: gold}}]",
                "priority: 9");
        return put("pool " + number, pool("pool-" + number, addresses, scope));
    }

    private String changeService(Random random) {
        int number = random.nextInt(12);
        String spec = pick(
                random,
                "",
                "",
                "",
                "loadBalancerIP: 10.0." + random.nextInt(3) + "." + random.nextInt(6),
                "loadBalancerIP: nonsense",
                "type: ClusterIP");
        String annotation = pick(
                random,
                "",
                "",
                "metallb.io/address-pool: pool-" + random.nextInt(3),
                "metallb.io/allow-shared-ip: key");
        String ports = "ports: [{port: " + (80 + number) + "}]";
        String manifest = service(
                (number % 2 == 0 ? "a" : "b") + "/s" + number,
                spec.isEmpty() ? ports : spec + ", " + ports,
                "creationTimestamp: '2026-01-01T00:%02d:00Z', annotations: {%s}".formatted(number * 7 % 12, annotation),
                "");
        return put("service " + number, manifest);
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private void noAddressIsGivenTwice(String where) {
        Map<InetAddress, List<Service>> holders = new HashMap<>();
        cluster.state()
                .services()
                .forEach(service -> service.ingress()
                        .forEach(address -> holders.computeIfAbsent(address, _ -> new ArrayList<>())
                                .add(service)));
        holders.values().stream()
                .filter(together -> together.size() > 1)
                .forEach(together -> assertThat(together).as(where).allMatch(RandomHistoriesTest::shares));
    }

    private static boolean shares(Service service) {
        return !service.meta().metallbAnnotation("allow-shared-ip").isEmpty();
    }

    private Map<ServiceKey, List<InetAddress>> written() {
        Map<ServiceKey, List<InetAddress>> written = new TreeMap<>();
        cluster.state().services().forEach(service -> written.put(service.meta().key(), service.ingress()));
        return written;
    }

    /** What a process that knows nothing but the cluster would write. */
    private Map<ServiceKey, List<InetAddress>> freshStart() {
        ClusterState state = cluster.state();
        Allocations fresh = new Allocations(AllocationSettings.DEFAULT);
        fresh.follow(state);
        fresh.settle();
        Map<ServiceKey, List<InetAddress>> decided = new TreeMap<>();
        fresh.all().forEach(decision -> {
            Service service = fresh.service(decision.service()).orElseThrow();
            decided.put(decision.service(), Statuses.written(service, decision).ingress());
        });
        return decided;
    }
}
