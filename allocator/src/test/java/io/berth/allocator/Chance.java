package io.berth.allocator;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The dice of a random world. Every world has its own taste: some rules never play a part in it, others all the time; so each is
 * seen in the company of a few others and not always of all.
 */
final class Chance {

    /** What may play a part. */
    enum Taste {
        SCOPE,
        CLOSED,
        ON_REQUEST,
        BUGGY,
        EXCLUSION,
        POOL_QUOTA,
        OVERFLOW,
        HOLD,
        FENCE,
        QUOTA,
        UNREADABLE,
        LABELS,
        SHARING,
        CONSENT,
        NAMED,
        TWO_FAMILIES
    }

    private static final int POOLS = 5;
    private static final int[] ODDS = {0, 4, 15, 35, 70};

    private final Place place;
    private final Random random;
    private final Map<Taste, Integer> odds = new EnumMap<>(Taste.class);

    Chance(long seed, Place place) {
        this.place = place;
        this.random = new Random(seed);
        for (Taste taste : Taste.values()) {
            odds.put(taste, ODDS[random.nextInt(ODDS.length)]);
        }
    }

    Place place() {
        return place;
    }

    Random random() {
        return random;
    }

    boolean has(Taste taste) {
        return random.nextInt(100) < odds.getOrDefault(taste, 0);
    }

    boolean oneIn(int bound) {
        return random.nextInt(bound) == 0;
    }

    /** A number from 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    String poolName() {
        return place.poolPrefix() + random.nextInt(POOLS + 1);
    }

    String namespace() {
        return one(place.namespaces());
    }

    /** One of a block, or just behind it. */
    Address address() {
        return one(place.blocks()).first().plus(random.nextInt(5));
    }

    /** One of the few values that labels have. */
    String value() {
        return "v" + random.nextInt(2);
    }

    Quota quota() {
        return has(Taste.UNREADABLE) && oneIn(3) ? new Quota.Unreadable() : new Quota.AtMost(random.nextInt(4));
    }
}
