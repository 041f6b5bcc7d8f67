package io.berth.allocator;

import static io.berth.allocator.Rules.require;

import io.berth.allocator.Outcome.Assigned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * An allocator and the naive one side by side, through one event after the other: both must say the same, and what can be seen
 * must follow the rules. Whatever breaks is thrown as an {@link AssertionError}.
 */
final class History {

    private final OutOfScope policy;
    private final WrittenDown cluster = new WrittenDown();
    private final Map<ServiceKey, Request> requests = new TreeMap<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private Allocator allocator;
    private NaiveAllocator model;
    private Rules rules = new Rules(List.of(), requests);
    private Seen seen;

    History(OutOfScope policy) {
        this.policy = policy;
        this.allocator = new Allocator(Pools.of(List.of()), policy);
        this.allocator.advance(now);
        this.model = new NaiveAllocator(List.of(), policy, now);
        this.seen = Seen.of(allocator);
    }

    /** Lets something happen and says what came of it. */
    String after(Event event) {
        String came = switch (event) {
            case Event.Ask(Request request) -> ask(request);
            case Event.Release(ServiceKey service) -> release(service);
            case Event.Edit(List<Pool> pools) -> edit(pools);
            case Event.Wait wait -> waited(now.plus(wait.time()));
            case Event.TakeOver takeOver -> takeOver(takeOver);
        };
        if (event instanceof Event.Release || event instanceof Event.Ask) {
            cluster.reservations(seen.reserved());
        }
        rules.ofAnyMoment(seen);
        sameAsTheModel();
        return came;
    }

    private void sameAsTheModel() {
        require(seen.held().size() == model.state().holdings.size(), "as many services have something as in the model");
        seen.held()
                .forEach((service, addresses) -> require(
                        addresses.equals(model.state().heldBy(service)), "a service has what it has in the model"));
        require(
                seen.reserved().size() == model.state().reservations.size()
                        && seen.reserved().containsAll(model.state().reservations),
                "what is kept is kept in the model");
        Optional<Instant> next =
                seen.reserved().stream().map(Reservation::until).min(Instant::compareTo);
        require(allocator.nextEnd().equals(next), "the next end is that of the reservation that ends first");
    }

    private String ask(Request request) {
        Seen before = seen;
        Outcome outcome = allocator.allocate(request);
        seen = Seen.of(allocator);
        NaiveAllocator.Decision decision = model.allocate(request);
        List<Address> given = outcome instanceof Assigned assigned ? assigned.addresses() : List.of();
        require(given.equals(decision.addresses()), () -> "the model gives " + decision + ", and not " + given);
        require(outcome.reason().equals(decision.reason()), "the model's reason is another");
        Map<String, Verdict.Kind> verdicts = new HashMap<>();
        outcome.considered().verdicts().forEach(verdict -> verdicts.put(verdict.pool(), verdict.kind()));
        require(verdicts.equals(decision.verdicts()), "the model's verdicts are others");
        rules.ofRequest(request, outcome, before, seen, now, policy);
        Words.of(outcome, rules.pools());
        requests.put(request.service(), request);
        cluster.status(request.service(), given);
        return Given.said(outcome);
    }

    private String release(ServiceKey service) {
        Seen before = seen;
        allocator.release(service);
        model.release(service);
        cluster.remove(service);
        seen = Seen.of(allocator);
        Request last = requests.remove(service);
        if (last == null) {
            require(seen.equals(before), "the release of a service that is not there changes nothing");
        } else {
            rules.ofRelease(last, before, seen, now);
        }
        return "released";
    }

    private String edit(List<Pool> pools) {
        Seen before = seen;
        Set<ServiceKey> stranded = allocator.setPools(Pools.of(pools));
        require(stranded.equals(model.setPools(pools)), "the model strands others");
        seen = Seen.of(allocator);
        rules = new Rules(model.state().pools(), requests);
        rules.ofEdit(before, seen, stranded, now);
        return "stranded " + stranded;
    }

    private String waited(Instant until) {
        Seen before = seen;
        now = until;
        boolean cameFree = allocator.advance(now);
        require(cameFree == model.state().advance(now), "the model says otherwise whether something came free");
        seen = Seen.of(allocator);
        Rules.ofTime(before, seen, now);
        return cameFree ? "something came free" : "nothing came free";
    }

    private String takeOver(Event.TakeOver event) {
        Seen before = seen;
        cluster.settle(event.lost());
        event.strays().stream()
                .filter(stray -> requests.containsKey(stray.service()))
                .forEach(stray -> cluster.status(stray.service(), stray.addresses()));
        cluster.settle(0);
        boolean same = cluster.says(before) && event.pools().equals(poolsNow());
        allocator = new Allocator(Pools.of(event.pools()), policy);
        allocator.advance(now);
        model = new NaiveAllocator(event.pools(), policy, now);
        rules = new Rules(model.state().pools(), requests);
        restoreAll(new Random(event.order()));
        seen = Seen.of(allocator);
        rules.ofTakeOver(cluster.statuses(), seen);
        require(!same || seen.equals(before), "a restart changes nothing");
        return "took over, " + seen;
    }

    private List<Pool> poolsNow() {
        return rules.pools().stream().map(PoolContents::pool).toList();
    }

    /** Services and reservations become known in any order. */
    private void restoreAll(Random random) {
        List<Runnable> known = new ArrayList<>();
        cluster.statuses().forEach((service, held) -> known.add(() -> restore(service, held)));
        cluster.reservations()
                .forEach(reservation -> known.add(() -> {
                    allocator.restore(reservation);
                    model.state().restore(reservation);
                }));
        Collections.shuffle(known, random);
        known.forEach(Runnable::run);
    }

    private void restore(ServiceKey service, List<Address> held) {
        Request request = Objects.requireNonNull(requests.get(service));
        require(
                allocator.restore(request, held) == model.restore(request, held),
                "the model says otherwise whether all could be restored");
    }

    /** Everybody goes, and whatever was kept ends: the counts are those of the first day. */
    void end() {
        for (ServiceKey service : List.copyOf(requests.keySet())) {
            after(new Event.Release(service));
        }
        after(new Event.Wait(Duration.ofDays(1)));
        require(
                seen.usage().equals(new Allocator(Pools.of(poolsNow()), policy).usage()),
                "nothing is left behind when everybody has gone");
    }

    @Override
    public String toString() {
        return "at " + now + " " + seen;
    }
}
