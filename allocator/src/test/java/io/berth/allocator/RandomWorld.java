package io.berth.allocator;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Pools and requests at random, few and small enough that everything that can happen does. */
final class RandomWorld {

    private static final List<String> NAMESPACES = List.of("red", "green", "blue");
    private static final List<String> BLOCKS = List.of(
            "10.0.0.254-10.0.1.2", "10.0.2.0/30", "10.0.3.7/32", "2001:db8::/126", "2001:db8:1::5-2001:db8:1::6");

    private final Random random;

    RandomWorld(long seed) {
        this.random = new Random(seed);
    }

    int choose(int bound) {
        return random.nextInt(bound);
    }

    static String namespacesBut(String namespace) {
        return NAMESPACES.stream().filter(other -> !other.equals(namespace)).collect(Collectors.joining("|"));
    }

    /** The blocks dealt out among up to four pools; some block may be nobody's. */
    Pools pools() {
        int count = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4);
        List<List<AddressRange>> ranges = IntStream.range(0, count)
                .<List<AddressRange>>mapToObj(_ -> new ArrayList<>())
                .toList();
        for (String block : BLOCKS) {
            if (count > 0 && random.nextInt(8) > 0) {
                ranges.get(random.nextInt(count)).add(AddressRange.parse(block));
            }
        }
        return Pools.of(IntStream.range(0, count)
                .filter(i -> !ranges.get(i).isEmpty())
                .mapToObj(i -> new Pool(
                        "p" + i,
                        ranges.get(i),
                        oneIn(6) ? Pool.AutoAssign.DISABLED : Pool.AutoAssign.ENABLED,
                        oneIn(3) ? Pool.BuggyIps.AVOIDED : Pool.BuggyIps.GIVEN,
                        scope(),
                        Terms.NONE))
                .toList());
    }

    private Scope scope() {
        return oneIn(3)
                ? new Scope.Open()
                : new Scope.Pinned(
                        random.nextInt(3),
                        oneIn(3) ? Set.of(namespace()) : Set.of(),
                        oneIn(3) ? List.of(Given.label("env", value())) : List.of(),
                        oneIn(4) ? List.of(Given.label("app", value())) : List.of());
    }

    ServiceKey service() {
        return new ServiceKey(namespace(), "s" + random.nextInt(4));
    }

    Request request() {
        return new Request(
                service(),
                Tenant.labelled(oneIn(2) ? Map.of() : Map.of("env", value())),
                oneIn(2) ? Map.of() : Map.of("app", value()),
                families(),
                wish(),
                sharing());
    }

    private Families families() {
        return switch (random.nextInt(6)) {
            case 0 -> Given.IPV6;
            case 1 -> Given.BOTH;
            case 2 -> new Families.PreferBoth(Family.IPV4);
            case 3 -> new Families.PreferBoth(Family.IPV6);
            default -> Given.IPV4;
        };
    }

    private Wish wish() {
        return switch (random.nextInt(10)) {
            case 0 -> new Wish.FromPool("p" + random.nextInt(5));
            case 1 -> new Wish.Exactly(List.of(address()));
            case 2 -> new Wish.Exactly(List.of(address(), address()));
            case 3 -> new Wish.ExactlyFromPool(List.of(address()), "p" + random.nextInt(5));
            default -> new Wish.Any();
        };
    }

    private Address address() {
        AddressRange range = AddressRange.parse(BLOCKS.get(random.nextInt(BLOCKS.size())));
        return range.first().plus(random.nextInt(6));
    }

    private Sharing sharing() {
        if (oneIn(2)) {
            return new Sharing.Exclusive();
        }
        Set<Sharing.Port> ports = IntStream.range(0, 1 + random.nextInt(2))
                .mapToObj(_ -> new Sharing.Port(oneIn(2) ? "TCP" : "UDP", 80 + random.nextInt(4)))
                .collect(Collectors.toSet());
        Sharing.Backend backend = oneIn(3)
                ? new Sharing.Backend.LocalPods("app=" + value())
                : new Sharing.Backend.AnyNode("app=" + value());
        return new Sharing.Keyed(
                oneIn(4) ? "rare" : "key", ports, backend, oneIn(2) ? Sharing.Reach.CLUSTER : Sharing.Reach.NAMESPACE);
    }

    private String namespace() {
        return NAMESPACES.get(random.nextInt(NAMESPACES.size()));
    }

    private String value() {
        return "v" + random.nextInt(2);
    }

    private boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }
}
