package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gives a service the addresses that it asks for by name, all of them or none. Changes nothing. */
final class NamedAddresses {

    private final Pools pools;
    private final Ledgers ledgers;
    private final Request request;
    private final List<Address> wanted;
    private final List<Address> held;

    NamedAddresses(Pools pools, Ledgers ledgers, Request request, List<Address> held) {
        this.pools = pools;
        this.ledgers = ledgers;
        this.request = request;
        this.wanted = request.wish().addresses();
        this.held = held;
    }

    Choice choose() {
        Optional<Refusal> invalid = contradiction();
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
                ? fromItsPool(owners.getFirst())
                : none(new Refusal.InvalidRequest(
                        "the addresses asked for, " + Wording.listed(wanted) + ", are of different pools"));
    }

    /** A request that no pool could meet. */
    private Optional<Refusal> contradiction() {
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

    private String ownedByNone(Address address) {
        return pools.containing(address)
                .filter(this::mayBeNamed)
                .map(pool -> Wording.leavesOut(pool, address))
                .orElse("address " + address + " belongs to no pool");
    }

    /** Who hits upon an address of a pool that is not for him is not told by that what the pool is called, and whom it admits. */
    private boolean mayBeNamed(Pool pool) {
        return pool.admits(request)
                || request.wish().namedPool().filter(pool.name()::equals).isPresent();
    }

    /** What the fence of its own namespace says is no secret. */
    private String notAdmitted(Pool pool) {
        Fence fence = request.tenant().fence();
        return "what it asks for, " + Wording.listed(wanted) + ", is of a pool that does not admit this service"
                + (fence.encloses(pool.name()) ? "" : ": " + fence.outside());
    }

    private Choice fromItsPool(Pool pool) {
        Optional<String> named = request.wish().namedPool();
        if (named.flatMap(pools::named).isPresent() && !pool.name().equals(named.get())) {
            return none(new Refusal.AddressNotInPool("asked for " + Wording.listed(wanted) + " from pool " + named.get()
                    + ", " + (wanted.size() == 1 ? "which is an address" : "which are addresses")
                    + " of another pool"));
        }
        PoolLedger ledger = ledgers.of(pool);
        for (Address address : wanted) {
            if (!ledger.mayUse(address, request)) {
                String problem = "address " + address
                        + (ledger.isSetAside(address)
                                ? " is kept for a while for the service that gave it back"
                                : " is in use by another service");
                return none(new Refusal.AddressInUse(problem), new Verdict(pool.name(), Kind.EXHAUSTED, problem));
            }
        }
        if (named.isPresent() && pools.named(named.get()).isEmpty()) {
            return none(new Refusal.PoolNotFound("pool " + named.get() + " does not exist"));
        }
        if (!pool.admits(request)) {
            return none(new Refusal.NoPoolAdmits(
                    mayBeNamed(pool) ? Wording.notAdmittedBy(pool, request) : notAdmitted(pool)));
        }
        QuotaCheck quotas = new QuotaCheck(ledgers, request, held);
        if (!quotas.allows(ledger, wanted)) {
            String problem = quotas.problem(ledger, wanted).get();
            return none(new Refusal.QuotaExceeded(problem), new Verdict(pool.name(), Kind.QUOTA_EXCEEDED, problem));
        }
        return new Choice.Found(
                pool,
                wanted,
                notedBut(new Verdict(
                        pool.name(), Kind.SELECTED, () -> "gives " + Wording.listed(wanted) + " as asked")));
    }

    private Choice none(Refusal refusal) {
        return new Choice.None(refusal, notRequested());
    }

    /** A refusal of a pool that the service may know of only where it may draw from it. */
    private Choice none(Refusal refusal, Verdict verdict) {
        boolean admitted = pools.named(verdict.pool()).orElseThrow().admits(request);
        return new Choice.None(refusal, admitted ? notedBut(verdict) : notRequested());
    }

    private List<Verdict> notRequested() {
        List<Verdict> noted = new ArrayList<>();
        for (Pool admitting : pools.admitting(request)) {
            noted.add(new Verdict(
                    admitting.name(), Kind.NOT_REQUESTED, () -> "the service asks for " + Wording.listed(wanted)));
        }
        return noted;
    }

    private List<Verdict> notedBut(Verdict special) {
        List<Verdict> noted = notRequested();
        noted.replaceAll(verdict -> verdict.pool().equals(special.pool()) ? special : verdict);
        return noted;
    }
}
