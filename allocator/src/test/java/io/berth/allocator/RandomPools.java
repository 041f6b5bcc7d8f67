package io.berth.allocator;

import io.berth.allocator.Chance.Taste;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** Pools at random, and their edits. */
final class RandomPools {

    private static final int MOST = 5;

    private final Chance chance;
    private List<Pool> pools = List.of();

    RandomPools(Chance chance) {
        this.chance = chance;
    }

    List<Pool> now() {
        return pools;
    }

    List<Pool> edited() {
        pools = pools.size() < 2 || chance.oneIn(10) ? dealt() : changed();
        return pools;
    }

    /** The blocks dealt out among new pools; some block may be nobody's. */
    private List<Pool> dealt() {
        List<List<AddressRange>> hands = new ArrayList<>();
        int count = chance.oneIn(20) ? 0 : 1 + chance.below(MOST);
        for (int i = 0; i < count; i++) {
            hands.add(new ArrayList<>());
        }
        List<AddressRange> shuffled = new ArrayList<>(chance.place().blocks());
        Collections.shuffle(shuffled, chance.random());
        for (AddressRange block : shuffled) {
            if (count > 0 && !chance.oneIn(8)) {
                chance.one(hands).add(block);
            }
        }
        List<Pool> dealt = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            dealt.add(pool(chance.place().poolPrefix() + i, hands.get(i)));
        }
        return List.copyOf(dealt);
    }

    private Pool pool(String name, List<AddressRange> ranges) {
        return new Pool(name, ranges, autoAssign(), buggyIps(), scope(), terms());
    }

    /** The same pools, but for something in one of them, or a block that goes from one to another. */
    private List<Pool> changed() {
        List<Pool> changed = new ArrayList<>(pools);
        int place = chance.below(changed.size());
        Pool pool = changed.remove(place);
        switch (chance.below(9)) {
            case 0 -> changed.add(pool(pool.name(), pool.ranges()));
            case 1, 2 -> changed.add(Given.with(scope(), pool));
            case 3, 4 -> changed.add(Given.with(terms(), pool));
            case 5 ->
                changed.add(new Pool(pool.name(), pool.ranges(), autoAssign(), buggyIps(), pool.scope(), pool.terms()));
            case 6 -> {
                // The pool is gone.
            }
            case 7 -> changed.add(pool(chance.place().poolPrefix() + MOST, pool.ranges()));
            default -> move(pool, changed);
        }
        boolean named = changed.stream().map(Pool::name).distinct().count() == changed.size();
        return named ? List.copyOf(changed) : pools;
    }

    private void move(Pool from, List<Pool> others) {
        List<AddressRange> left = new ArrayList<>(from.ranges());
        List<AddressRange> free = new ArrayList<>(chance.place().blocks());
        pools.forEach(pool -> free.removeAll(pool.ranges()));
        if (!left.isEmpty()) {
            free.add(left.remove(chance.below(left.size())));
        }
        others.add(Given.with(left, from));
        if (!free.isEmpty()) {
            Pool to = others.remove(chance.below(others.size()));
            List<AddressRange> more = new ArrayList<>(to.ranges());
            more.add(chance.below(more.size() + 1), chance.one(free));
            others.add(Given.with(more, to));
        }
    }

    private Pool.AutoAssign autoAssign() {
        return chance.has(Taste.ON_REQUEST) ? Pool.AutoAssign.DISABLED : Pool.AutoAssign.ENABLED;
    }

    private Pool.BuggyIps buggyIps() {
        return chance.has(Taste.BUGGY) ? Pool.BuggyIps.AVOIDED : Pool.BuggyIps.GIVEN;
    }

    private Scope scope() {
        if (chance.has(Taste.CLOSED) && chance.oneIn(3)) {
            return new Scope.Closed();
        }
        if (chance.oneIn(3)) {
            return new Scope.Open();
        }
        Set<String> namespaces =
                chance.has(Taste.SCOPE) ? Set.copyOf(List.of(chance.namespace(), chance.namespace())) : Set.of();
        List<Selector> ofNamespaces = chance.has(Taste.SCOPE) ? List.of(selector("env")) : List.of();
        List<Selector> ofServices = chance.has(Taste.SCOPE) && chance.oneIn(2) ? List.of(selector("app")) : List.of();
        return new Scope.Pinned(chance.below(4), namespaces, ofNamespaces, ofServices);
    }

    private Selector selector(String key) {
        Requirement requirement = switch (chance.below(6)) {
            case 0 -> new Requirement.NotIn(key, Set.of(chance.value()));
            case 1 -> new Requirement.Exists(key);
            case 2 -> new Requirement.DoesNotExist(key);
            default -> new Requirement.In(key, Set.of(chance.value()));
        };
        return new Selector(List.of(requirement));
    }

    private Terms terms() {
        List<AddressRange> excluded = new ArrayList<>();
        while (chance.has(Taste.EXCLUSION) && excluded.size() < 3) {
            excluded.add(chance.oneIn(3) ? chance.one(chance.place().blocks()) : part());
        }
        return new Terms(
                excluded,
                chance.has(Taste.POOL_QUOTA) ? chance.quota() : new Quota.Unlimited(),
                chance.has(Taste.OVERFLOW) ? Terms.Overflow.DENIED : Terms.Overflow.ALLOWED,
                chance.has(Taste.HOLD) ? Duration.ofSeconds(1L + chance.below(40)) : Duration.ZERO);
    }

    private AddressRange part() {
        Address first = chance.address();
        Address last = first.plus(chance.below(3));
        return new AddressRange(first + "-" + last, first, last, AddressRange.HostBits.CLEAR);
    }
}
