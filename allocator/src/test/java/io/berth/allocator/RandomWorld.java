package io.berth.allocator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What happens, at random: few pools, few addresses and few namespaces, so that everything that can happen does. */
final class RandomWorld {

    private final Chance chance;
    private final RandomPools pools;
    private final RandomRequests requests;

    RandomWorld(long seed) {
        this(seed, Place.ANYWHERE);
    }

    RandomWorld(long seed, Place place) {
        this.chance = new Chance(seed, place);
        this.pools = new RandomPools(chance);
        this.requests = new RandomRequests(chance);
    }

    Event next() {
        int dice = chance.below(100);
        if (pools.now().isEmpty() && dice < 70 || dice < 4) {
            return new Event.Edit(pools.edited());
        }
        if (dice < 6) {
            return takeOver();
        }
        if (dice < 18) {
            return new Event.Wait(Duration.ofSeconds(chance.below(16)));
        }
        ServiceKey service = requests.service();
        if (dice < 32) {
            requests.forget(service);
            return new Event.Release(service);
        }
        return new Event.Ask(requests.request(service));
    }

    private Event takeOver() {
        boolean nothingHappened = chance.oneIn(2);
        List<Assignment> strays = new ArrayList<>();
        while (!nothingHappened && chance.oneIn(3)) {
            strays.add(new Assignment(
                    requests.service(),
                    "",
                    chance.oneIn(2) ? List.of(chance.address()) : List.of(chance.address(), chance.address())));
        }
        int lost = nothingHappened ? 0 : chance.below(64);
        return new Event.TakeOver(
                nothingHappened || chance.oneIn(2) ? pools.now() : pools.edited(),
                lost,
                List.copyOf(strays),
                chance.random().nextLong());
    }
}
