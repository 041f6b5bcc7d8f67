package io.berth.allocator;

import io.berth.allocator.Outcome.Assigned;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What holds after every event, whatever it was and whatever the allocator thinks of it: told from what could be seen before and
 * after alone.
 *
 * @param pools    that there are now
 * @param requests what each service asked for last
 */
record Rules(List<PoolContents> pools, Map<ServiceKey, Request> requests) {

    static void require(boolean holds, String rule) {
        if (!holds) {
            throw new AssertionError(rule);
        }
    }

    static void require(boolean holds, Supplier<String> rule) {
        if (!holds) {
            throw new AssertionError(rule.get());
        }
    }

    private @Nullable PoolContents owner(Address address) {
        return Seen.owner(address, pools);
    }

    private PoolContents ownerOf(Address address) {
        return Objects.requireNonNull(owner(address), () -> "no pool owns " + address);
    }

    private Request requestOf(ServiceKey service) {
        return Objects.requireNonNull(requests.get(service));
    }

    /** What is true at any time. */
    void ofAnyMoment(Seen seen) {
        seen.holders().forEach((address, holders) -> {
            require(owner(address) != null, "somebody has an address that no pool owns");
            for (int i = 0; i < holders.size(); i++) {
                for (int j = i + 1; j < holders.size(); j++) {
                    require(
                            mayShare(requestOf(holders.get(i)), requestOf(holders.get(j))),
                            "two services have one address and may not share it");
                }
            }
        });
        for (Reservation reservation : seen.reserved()) {
            require(owner(reservation.address()) != null, "an address is kept for somebody that no pool owns");
            require(
                    !seen.heldBy(reservation.service()).contains(reservation.address()),
                    "an address is kept for a service that has it");
        }
        require(seen.usage().size() == pools.size(), "every pool is counted");
        for (int i = 0; i < pools.size(); i++) {
            new Recount(pools.get(i), seen).compare(seen.usage().get(i));
        }
    }

    private static boolean mayShare(Request one, Request other) {
        if (!(one.sharing() instanceof Sharing.Keyed first) || !(other.sharing() instanceof Sharing.Keyed second)) {
            return false;
        }
        boolean everyNode = first.backend() instanceof Sharing.Backend.AnyNode
                && second.backend() instanceof Sharing.Backend.AnyNode;
        boolean agreed = first.reach() == Sharing.Reach.CLUSTER && second.reach() == Sharing.Reach.CLUSTER;
        return first.key().equals(second.key())
                && Collections.disjoint(first.ports(), second.ports())
                && (everyNode
                        || first.backend().selector().equals(second.backend().selector()))
                && (agreed || one.service().namespace().equals(other.service().namespace()));
    }

    /** Nobody but one service is concerned. */
    private static void othersKeepTheirs(ServiceKey service, Seen before, Seen after) {
        before.held().forEach((other, addresses) -> {
            if (!other.equals(service)) {
                require(
                        addresses.equals(after.heldBy(other)),
                        "a service loses or changes what it has for another's sake");
            }
        });
        for (ServiceKey other : after.held().keySet()) {
            require(
                    other.equals(service) || before.held().containsKey(other),
                    "a service is given what it did not ask for");
        }
    }

    /** What is kept changes only for the namespace that acts. */
    private static void othersStayReserved(String namespace, Seen before, Seen after) {
        require(
                after.reserved()
                        .containsAll(before.reserved().stream()
                                .filter(reservation ->
                                        !reservation.service().namespace().equals(namespace))
                                .toList()),
                "an address is kept no longer because of another namespace");
    }

    /** What is kept from now on is what the service had, as long as the pool says. */
    private void onlyItsOwnIsReserved(Request request, Seen before, Seen after, Instant now) {
        ServiceKey service = request.service();
        for (Reservation reservation : after.reserved()) {
            if (!before.reserved().contains(reservation)) {
                Pool pool = ownerOf(reservation.address()).pool();
                Instant until = now.plus(pool.terms().holdReleased());
                require(reservation.service().equals(service), "an address is kept for somebody who did nothing");
                require(before.heldBy(service).contains(reservation.address()), "what was never had is kept");
                require(reservation.until().equals(until), "an address is kept for as long as the pool says");
                require(
                        NaiveScope.admits(pool, request),
                        "an address is kept for a service that its pool does not admit");
            }
        }
    }

    void ofRelease(Request request, Seen before, Seen after, Instant now) {
        ServiceKey service = request.service();
        othersKeepTheirs(service, before, after);
        othersStayReserved(service.namespace(), before, after);
        onlyItsOwnIsReserved(request, before, after, now);
        require(after.heldBy(service).isEmpty(), "a service that is gone has nothing");
    }

    void ofEdit(Seen before, Seen after, Set<ServiceKey> stranded, Instant now) {
        Set<ServiceKey> losers = new HashSet<>();
        before.held().forEach((service, addresses) -> {
            List<Address> owned =
                    addresses.stream().filter(address -> owner(address) != null).toList();
            require(
                    after.heldBy(service).equals(owned),
                    "an edit takes away what no pool owns any more and nothing else");
            if (owned.size() < addresses.size()) {
                losers.add(service);
            }
        });
        require(after.held().size() <= before.held().size(), "an edit gives nothing");
        require(stranded.equals(losers), "those who lost an address by an edit are named");
        require(after.reserved().size() <= before.reserved().size(), "an edit keeps nothing more for anybody");
        for (Reservation reservation : after.reserved()) {
            Instant atMost =
                    now.plus(ownerOf(reservation.address()).pool().terms().holdReleased());
            require(!reservation.until().isAfter(atMost), "an address is kept at most as long as its pool says now");
        }
    }

    /** Whoever was said to have an address has it still, unless somebody else has it who does not share it. */
    void ofTakeOver(Map<ServiceKey, List<Address>> statuses, Seen after) {
        statuses.forEach((service, addresses) -> {
            for (Address address : addresses) {
                boolean others = after.holders(address).stream()
                        .anyMatch(other -> !mayShare(requestOf(service), requestOf(other)));
                require(
                        owner(address) == null || after.heldBy(service).contains(address) || others,
                        "what was held is lost when another process takes over");
            }
        });
        after.held()
                .forEach((service, addresses) -> require(
                        statuses.getOrDefault(service, List.of()).containsAll(addresses),
                        "something is held that nobody was said to have"));
    }

    static void ofTime(Seen before, Seen after, Instant now) {
        require(after.held().equals(before.held()), "time takes nothing from anybody");
        require(
                after.reserved()
                        .equals(before.reserved().stream()
                                .filter(reservation -> reservation.until().isAfter(now))
                                .toList()),
                "what is kept is kept until its end, and no longer");
    }

    void ofRequest(Request request, Outcome outcome, Seen before, Seen after, Instant now, OutOfScope policy) {
        ServiceKey service = request.service();
        List<Address> has = after.heldBy(service);
        require(
                has.equals(outcome instanceof Assigned assigned ? assigned.addresses() : List.of()),
                "what is said to be given is held");
        othersKeepTheirs(service, before, after);
        othersStayReserved(service.namespace(), before, after);
        onlyItsOwnIsReserved(request, before, after, now);
        quotasHold(request, before, after);
        nothingIsLostWithoutNeed(request, outcome, before, policy);
        List<Address> fresh = has.stream()
                .filter(address -> !before.heldBy(service).contains(address))
                .toList();
        for (Address address : fresh) {
            mayBeGiven(request, address, has, before);
        }
        if (!fresh.isEmpty()) {
            meetsTheWish(request, has);
        }
        boolean comesBack = has.stream().anyMatch(address -> before.isReservedFor(service, address));
        if (request.wish() instanceof Wish.Any && !has.isEmpty() && fresh.equals(has) && !comesBack) {
            passesNoBarrier(request, has);
        }
    }

    private void mayBeGiven(Request request, Address address, List<Address> has, Seen before) {
        Pool pool = ownerOf(address).pool();
        ServiceKey service = request.service();
        require(NaiveScope.admits(pool, request), "an address is given out of scope");
        require(request.families().wants(address.family()), "an address is given of a family that is not wanted");
        boolean kept = before.isReserved(address) && before.holders(address).isEmpty();
        require(!kept || before.isReservedFor(service, address), "an address is given that is kept for somebody else");
        boolean asked = !request.wish().addresses().isEmpty()
                || request.wish().namedPool().isPresent();
        boolean grows = has.stream()
                .anyMatch(other -> before.heldBy(service).contains(other)
                        && ownerOf(other).pool().equals(pool));
        require(
                pool.autoAssign() == Pool.AutoAssign.ENABLED || asked || grows,
                "an address is given unasked of a pool without autoAssign");
    }

    private void meetsTheWish(Request request, List<Address> has) {
        List<Address> wanted = request.wish().addresses();
        require(wanted.isEmpty() || Set.copyOf(wanted).equals(Set.copyOf(has)), "another address than was asked for");
        request.wish().namedPool().ifPresent(named -> {
            for (Address address : has) {
                require(ownerOf(address).name().equals(named), "an address of another pool than was asked for");
            }
        });
        require(has.size() == 2 || !(request.families() instanceof Families.Both), "one address where two are needed");
        require(
                has.size() < 2 || ownerOf(has.getFirst()).equals(ownerOf(has.getLast())),
                "two addresses are given of different pools");
    }

    /** Services that come to a pool which denies overflow, and could give them as much, go no further. */
    private void passesNoBarrier(Request request, List<Address> has) {
        PoolContents given = ownerOf(has.getFirst());
        List<PoolContents> before = inOrderFor(request);
        for (PoolContents pool : before.subList(0, before.indexOf(given))) {
            boolean barrier = pool.pool().terms().overflow() == Terms.Overflow.DENIED
                    && pool.pool().autoAssign() == Pool.AutoAssign.ENABLED
                    && NaiveScope.admits(pool.pool(), request)
                    && has.stream().allMatch(address -> pool.has(address.family()));
            require(!barrier, "a service goes past a pool that it has to wait for");
        }
    }

    private List<PoolContents> inOrderFor(Request request) {
        return request.tenant().fence() instanceof Fence.Around(List<String> names)
                ? names.stream()
                        .distinct()
                        .flatMap(name ->
                                pools.stream().filter(pool -> pool.name().equals(name)))
                        .toList()
                : pools;
    }

    private void quotasHold(Request request, Seen before, Seen after) {
        String namespace = request.service().namespace();
        require(
                allows(request.tenant().quota(), before.count(namespace, pools), after.count(namespace, pools)),
                "a namespace is given more than its quota");
        for (PoolContents pool : pools) {
            List<PoolContents> one = List.of(pool);
            Quota quota = pool.pool().terms().namespaceQuota();
            require(
                    quota instanceof Quota.Unlimited
                            || allows(quota, before.count(namespace, one), after.count(namespace, one)),
                    "a namespace is given more of a pool than its quota there");
        }
    }

    private static boolean allows(Quota quota, int before, int after) {
        int most = switch (quota) {
            case Quota.Unlimited _ -> Integer.MAX_VALUE;
            case Quota.AtMost(int addresses) -> addresses;
            case Quota.Unreadable _ -> 0;
        };
        return after <= before || after <= most;
    }

    /** What a service has goes only where it may not have it any more, where it got what it asks for instead, or by the policy. */
    private void nothingIsLostWithoutNeed(Request request, Outcome outcome, Seen before, OutOfScope policy) {
        ServiceKey service = request.service();
        List<Address> lawful = before.heldBy(service).stream()
                .filter(address -> request.families().wants(address.family()))
                .filter(address -> before.holders(address).stream()
                        .allMatch(other -> other.equals(service) || mayShare(request, requestOf(other))))
                .toList();
        boolean moved = policy == OutOfScope.REASSIGN
                && lawful.stream()
                        .anyMatch(address ->
                                NaiveScope.isMeantToRefuse(ownerOf(address).pool(), request));
        if (lawful.isEmpty() || moved) {
            return;
        }
        List<Address> has = outcome instanceof Assigned assigned ? assigned.addresses() : List.of();
        require(!has.isEmpty(), "a working address is taken away");
        boolean all = lawful.stream()
                .allMatch(address ->
                        lawful.stream().anyMatch(other -> other.family() == address.family() && has.contains(other)));
        require(all || !isContent(request, lawful), "a service that asks for nothing else is moved");
        require(
                !outcome.reason().equals("Kept")
                        || has.stream()
                                .allMatch(address ->
                                        NaiveScope.admits(ownerOf(address).pool(), request)),
                "what is kept out of scope is not said to be");
    }

    private boolean isContent(Request request, List<Address> lawful) {
        List<Address> wanted = request.wish().addresses();
        boolean named = request.wish()
                .namedPool()
                .map(pool -> lawful.stream()
                        .allMatch(address -> ownerOf(address).name().equals(pool)))
                .orElse(true);
        boolean enough = !(request.families() instanceof Families.Both)
                || lawful.stream().map(Address::family).distinct().count() == 2;
        return named && enough && (wanted.isEmpty() || Set.copyOf(wanted).equals(Set.copyOf(lawful)));
    }
}
