package io.berth.testenv.bench.allocator;

import java.util.List;
import java.util.stream.Stream;

/** A scenario of one size, which is measured by itself. */
record Point(Contender contender, Scenario scenario, String block, int size) {

    static final String SMALL = "10.0.0.0/16";
    static final String LARGE = "10.0.0.0/8";
    static final String IPV6 = "fd00::/64";

    /** Nine tenths of a /16. */
    static final int NINE_TENTHS = 58_982;

    private static final List<Integer> USED = List.of(1_000, 10_000, NINE_TENTHS, 100_000, 500_000, 1_000_000);
    private static final List<Integer> POOLS = List.of(10, 100, 1_000, 10_000);

    /** Services that come and go. */
    static List<Point> churn(Pace pace) {
        Stream<Point> onePool = Stream.concat(
                Stream.of(berth(Scenario.ONE_POOL, SMALL, NINE_TENTHS), berth(Scenario.ONE_POOL, IPV6, NINE_TENTHS)),
                Stream.concat(
                        USED.stream().map(used -> berth(Scenario.ONE_POOL, LARGE, used)),
                        Stream.of(berth(Scenario.ONE_POOL, IPV6, 1_000_000))));
        Stream<Point> others = Stream.concat(
                Stream.of(
                        berth(Scenario.BURST, SMALL, NINE_TENTHS),
                        new Point(Contender.BERTH_C1, Scenario.ONE_POOL, SMALL, NINE_TENTHS),
                        new Point(Contender.BERTH_SMALL, Scenario.ONE_POOL, SMALL, NINE_TENTHS)),
                POOLS.stream()
                        .filter(pools -> pools <= pace.mostPools())
                        .map(pools -> berth(Scenario.POOL_EACH, LARGE, pools)));
        return Stream.concat(onePool.filter(point -> point.size <= pace.mostUsed()), others)
                .toList();
    }

    /** Everything at once, from nothing. */
    static List<Point> start(Pace pace) {
        return Stream.of(Contender.BERTH, Contender.BERTH_C1)
                .flatMap(contender -> Stream.of(Scenario.POOLS, Scenario.ADOPT, Scenario.ALLOCATE)
                        .map(scenario -> new Point(contender, scenario, LARGE, pace.mostPools())))
                .toList();
    }

    /** In how many JVMs it is measured; the points of the bars in more than one, since no two compile alike. */
    int forks() {
        return size == NINE_TENTHS ? 2 : 1;
    }

    private static Point berth(Scenario scenario, String block, int size) {
        return new Point(Contender.BERTH, scenario, block, size);
    }
}
