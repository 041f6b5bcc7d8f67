package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds addresses for one service, which may hold some already: which pools admit it, in which order, and which of them can
 * give all that it needs. Changes nothing.
 */
final class Search {

    private final Pools pools;
    private final Function<Pool, PoolLedger> ledgers;
    private final Request request;
    private final List<Address> held;
    private final Map<String, Verdict> noted = new LinkedHashMap<>();

    Search(Pools pools, Function<Pool, PoolLedger> ledgers, Request request, List<Address> held) {
        this.pools = pools;
        this.ledgers = ledgers;
        this.request = request;
        this.held = held;
    }

    Choice choose() {
        return request.wish().addresses().isEmpty() ? anyAddress() : namedAddresses();
    }

    /** The first pool in the order of preference that can give all that the service needs. */
    private Choice anyAddress() {
        Optional<String> named = request.wish().namedPool();
        List<Pool> candidates = candidates(named);
        if (named.isPresent() && pools.named(named.get()).isEmpty()) {
            return none(new Refusal.PoolNotFound("pool " + named.get() + " does not exist"));
        }
        if (pools.isEmpty()) {
            return none(new Refusal.NoPools("no IPAddressPool is configured"));
        }
        if (candidates.isEmpty()) {
            return none(new Refusal.NoPoolAdmits(named.map(this::notAdmittedBy).orElseGet(this::admittedByNone)));
        }
        for (Families families : inOrderOfPreference(request.families())) {
            Optional<Choice> found = firstThatGives(candidates, families);
            if (found.isPresent()) {
                return found.get();
            }
        }
        return none(exhausted(candidates));
    }

    private String notAdmittedBy(String pool) {
        return "pool " + pool + " does not admit this service: "
                + Wording.whyNot(pools.named(pool).orElseThrow(), request);
    }

    private String admittedByNone() {
        return noted.isEmpty()
                ? "no pool admits a service of namespace " + request.service().namespace() + " with these labels"
                : "the pools that admit this service give addresses only to services that ask for them (autoAssign:"
                        + " false): "
                        + String.join(", ", noted.keySet());
    }

    /** PreferDualStack is content with one family where no pool has both. */
    private static List<Families> inOrderOfPreference(Families families) {
        return families instanceof Families.PreferBoth(Family first)
                ? List.of(new Families.Both(), new Families.One(first), new Families.One(first.other()))
                : List.of(families);
    }

    private List<Pool> candidates(Optional<String> named) {
        List<Pool> candidates = new ArrayList<>();
        for (Pool pool : pools.admitting(request)) {
            if (named.isPresent() && !named.get().equals(pool.name())) {
                note(pool, Kind.NOT_REQUESTED, "the service asks for pool " + named.get());
            } else if (named.isEmpty() && pool.autoAssign() == Pool.AutoAssign.DISABLED) {
                note(pool, Kind.AUTO_ASSIGN_DISABLED, "the pool gives addresses only to services that ask for it");
            } else {
                candidates.add(pool);
            }
        }
        return candidates;
    }

    private Optional<Choice> firstThatGives(List<Pool> candidates, Families families) {
        for (int i = 0; i < candidates.size(); i++) {
            Pool pool = candidates.get(i);
            List<Address> addresses = addresses(pool, families);
            if (!addresses.isEmpty()) {
                note(pool, Kind.SELECTED, "gives " + Wording.listed(addresses));
                for (Pool later : candidates.subList(i + 1, candidates.size())) {
                    noteLater(later, families, pool);
                }
                return Optional.of(new Choice.Found(pool, addresses, List.copyOf(noted.values())));
            }
            noteLack(pool, families);
        }
        return Optional.empty();
    }

    private List<Address> addresses(Pool pool, Families families) {
        PoolLedger ledger = ledgers.apply(pool);
        List<Address> addresses = new ArrayList<>();
        for (Family family : Family.values()) {
            if (families.wants(family)) {
                Optional<Address> address = heldOf(pool, family).or(() -> ledger.first(family, request));
                if (address.isEmpty()) {
                    return List.of();
                }
                addresses.add(address.get());
            }
        }
        return addresses;
    }

    /** What the service has of the pool already: it is not exchanged for another address of the same pool. */
    private Optional<Address> heldOf(Pool pool, Family family) {
        for (Address address : held) {
            if (address.family() == family && pool.owns(address)) {
                return Optional.of(address);
            }
        }
        return Optional.empty();
    }

    private void noteLater(Pool pool, Families families, Pool selected) {
        if (addresses(pool, families).isEmpty()) {
            noteLack(pool, families);
        } else {
            note(
                    pool,
                    Kind.LOWER_PREFERENCE,
                    "pool " + selected.name() + " comes first: " + Wording.precedence(selected, pool));
        }
    }

    private void noteLack(Pool pool, Families families) {
        List<Family> absent = lacking(pool, families);
        if (!absent.isEmpty()) {
            note(pool, Kind.FAMILY_UNAVAILABLE, "the pool has no " + absent.getFirst() + " addresses");
        } else {
            noteFull(pool, families);
        }
    }

    /** Says of those families that the pool has and the service needs which are full. */
    private void noteFull(Pool pool, Families families) {
        String full = Arrays.stream(Family.values())
                .filter(family -> families.wants(family) && pool.has(family))
                .filter(family -> heldOf(pool, family)
                        .or(() -> ledgers.apply(pool).first(family, request))
                        .isEmpty())
                .map(family -> pool.total(family) + " " + family)
                .collect(Collectors.joining(" and "));
        note(pool, Kind.EXHAUSTED, "all " + full + " addresses of the pool are in use");
    }

    private static List<Family> lacking(Pool pool, Families families) {
        return Arrays.stream(Family.values())
                .filter(family -> families.wants(family) && !pool.has(family))
                .toList();
    }

    private Refusal exhausted(List<Pool> candidates) {
        boolean anyWillDo = request.families() instanceof Families.PreferBoth;
        if (anyWillDo) {
            candidates.forEach(pool -> noteFull(pool, request.families()));
        }
        boolean noneHasTheFamily = !anyWillDo
                && candidates.stream()
                        .noneMatch(pool -> lacking(pool, request.families()).isEmpty());
        String which = candidates.size() == 1
                ? "pool " + candidates.getFirst().name()
                : "the " + candidates.size() + " pools that admit this service";
        boolean one = candidates.size() == 1;
        return noneHasTheFamily
                ? new Refusal.FamilyUnavailable(
                        which + (one ? " has" : " have") + " not all the families that it needs")
                : new Refusal.PoolExhausted(which + (one ? " is full" : " are full"));
    }

    /** The addresses that were asked for, all of them or none. */
    private Choice namedAddresses() {
        List<Address> wanted = request.wish().addresses();
        for (Pool admitting : pools.admitting(request)) {
            note(admitting, Kind.NOT_REQUESTED, "the service asks for " + Wording.listed(wanted));
        }
        Optional<Refusal> invalid = contradiction(wanted);
        if (invalid.isPresent()) {
            return none(invalid.get());
        }
        List<Pool> owners = new ArrayList<>();
        for (Address address : wanted) {
            Optional<Pool> owner = pools.owning(address);
            if (owner.isEmpty()) {
                return none(new Refusal.AddressNotInPool(ownedByNone(address)));
            }
            owners.add(owner.get());
        }
        return owners.getFirst().name().equals(owners.getLast().name())
                ? fromItsPool(wanted, owners.getFirst())
                : none(new Refusal.InvalidRequest(
                        "the addresses asked for, " + Wording.listed(wanted) + ", are of different pools"));
    }

    private String ownedByNone(Address address) {
        return pools.containing(address)
                .map(pool -> "pool " + pool.name() + " leaves out addresses ending in .0 and .255 such as " + address)
                .orElse("address " + address + " belongs to no pool");
    }

    private Choice fromItsPool(List<Address> wanted, Pool pool) {
        Optional<String> named = request.wish().namedPool();
        if (named.flatMap(pools::named).isPresent() && !pool.name().equals(named.get())) {
            return none(new Refusal.AddressNotInPool("asked for " + Wording.listed(wanted) + " from pool " + named.get()
                    + ", " + (wanted.size() == 1 ? "which is an address" : "which are addresses")
                    + " of another pool"));
        }
        for (Address address : wanted) {
            if (!ledgers.apply(pool).mayUse(address, request)) {
                noteInUse(pool, address);
                return none(new Refusal.AddressInUse("address " + address + " is in use by another service"));
            }
        }
        if (named.isPresent() && pools.named(named.get()).isEmpty()) {
            return none(new Refusal.PoolNotFound("pool " + named.get() + " does not exist"));
        }
        if (!pool.scope().admits(request)) {
            return none(new Refusal.NoPoolAdmits(notAdmittedBy(pool.name())));
        }
        note(pool, Kind.SELECTED, "gives " + Wording.listed(wanted) + " as asked");
        return new Choice.Found(pool, wanted, List.copyOf(noted.values()));
    }

    private void noteInUse(Pool pool, Address address) {
        if (pool.scope().admits(request)) {
            note(pool, Kind.EXHAUSTED, "address " + address + " is in use by another service");
        }
    }

    /** A request that no pool could meet. */
    private Optional<Refusal> contradiction(List<Address> wanted) {
        long families = wanted.stream().map(Address::family).distinct().count();
        if (families < wanted.size()) {
            return Optional.of(new Refusal.InvalidRequest(
                    "at most one address of each family can be asked for, not " + Wording.listed(wanted)));
        }
        for (Address address : wanted) {
            if (!request.families().wants(address.family())) {
                return Optional.of(new Refusal.InvalidRequest("address " + address
                        + " was asked for, but the service has no " + address.family() + " cluster IP"));
            }
        }
        return request.families() instanceof Families.Both && wanted.size() < 2
                ? Optional.of(new Refusal.InvalidRequest(
                        "the service requires both families, but asks only for " + Wording.listed(wanted)))
                : Optional.empty();
    }

    private void note(Pool pool, Kind kind, String message) {
        noted.put(pool.name(), new Verdict(pool.name(), kind, message));
    }

    private Choice none(Refusal refusal) {
        return new Choice.None(refusal, List.copyOf(noted.values()));
    }
}
