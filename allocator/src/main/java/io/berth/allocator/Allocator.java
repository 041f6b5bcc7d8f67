package io.berth.allocator;

import io.berth.allocator.Outcome.Assigned;
import io.berth.allocator.Outcome.Cause;
import io.berth.allocator.Outcome.Refused;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Gives addresses to services and remembers who has which. Nothing is given twice, and what a service has is taken away only
 * when no pool owns it any more, or its owner asks for something else that can be given.
 *
 * <p>At start every address that is already held is put in with {@link #restore} before anything is allocated. Belongs to one
 * thread; knows neither time nor Kubernetes.
 */
public final class Allocator {

    /** What a service has. */
    private record Holding(Request request, List<Address> addresses) {}

    private final OutOfScope outOfScope;
    private Pools pools;
    private final Map<String, PoolLedger> ledgers = new HashMap<>();
    private final Map<ServiceKey, Holding> holdings = new HashMap<>();

    /** Services that had an address which was not theirs to keep; what they get next is a replacement. */
    private final Set<ServiceKey> displaced = new HashSet<>();

    public Allocator(Pools pools, OutOfScope outOfScope) {
        this.pools = pools;
        this.outOfScope = outOfScope;
        pools.inOrder().forEach(pool -> ledgers.put(pool.name(), new PoolLedger(pool)));
    }

    /**
     * Notes what a service was given before this allocator began, whether its pool admits it or not.
     *
     * @return false where it cannot keep it: no pool owns it, or a service restored earlier has it; {@link #allocate} then gives
     *     it another
     */
    public boolean restore(Request request, List<Address> held) {
        boolean tenable = held.stream().allMatch(address -> mayUse(address, request));
        if (tenable) {
            hold(request, held);
        } else {
            displaced.add(request.service());
        }
        return tenable;
    }

    /** Decides what a service has from now on: what it has already wherever possible. */
    public Outcome allocate(Request request) {
        Holding holding = holdings.get(request.service());
        if (holding == null) {
            return fresh(request);
        }
        Optional<List<Address>> tenable = tenable(request, holding.addresses);
        if (tenable.isEmpty()) {
            release(request.service());
            displaced.add(request.service());
            return fresh(request);
        }
        hold(request, tenable.get());
        return reconsidered(request, tenable.get());
    }

    /** What of its addresses a service can keep; empty where that is nothing. */
    private Optional<List<Address>> tenable(Request request, List<Address> held) {
        List<Address> kept = held.stream()
                .filter(address -> request.families().wants(address.family()) && mayUse(address, request))
                .toList();
        boolean untenable = held.stream()
                .anyMatch(address -> request.families().wants(address.family()) && !mayUse(address, request));
        return kept.isEmpty() || untenable ? Optional.empty() : Optional.of(kept);
    }

    private boolean mayUse(Address address, Request request) {
        return pools.owning(address)
                .filter(pool -> ledger(pool).mayUse(address, request))
                .isPresent();
    }

    /** A service that has something: is it still what it wants, and may it still have it? */
    private Outcome reconsidered(Request request, List<Address> held) {
        Pool pool = pools.owning(held.getFirst()).orElseThrow();
        if (!isMet(request, held, pool)) {
            return followed(request, held, pool);
        }
        if (!(pool.scope().judge(request) instanceof Scope.Admission.Admitted)) {
            return strayed(request, held, pool);
        }
        return completed(request, held, pool);
    }

    private static boolean isMet(Request request, List<Address> held, Pool pool) {
        List<Address> wanted = request.wish().addresses();
        boolean bothAreThere = !(request.families() instanceof Families.Both) || held.size() == 2;
        return bothAreThere
                && (wanted.isEmpty() || new HashSet<>(wanted).equals(new HashSet<>(held)))
                && request.wish()
                        .namedPool()
                        .filter(named -> !named.equals(pool.name()))
                        .isEmpty();
    }

    /** The owner asks for something else: it is given if it can be, and until then the working address stays. */
    private Outcome followed(Request request, List<Address> held, Pool pool) {
        Optional<List<Address>> grown = request.wish().addresses().isEmpty()
                        && request.wish()
                                .namedPool()
                                .filter(named -> !named.equals(pool.name()))
                                .isEmpty()
                ? withSecondFamily(request, held, pool)
                : Optional.empty();
        if (grown.isPresent()) {
            hold(request, grown.get());
            return assigned(request, pool, grown.get(), Cause.ALLOCATED, "added the second family", selected(pool));
        }
        return switch (search(request)) {
            case Choice.Found found -> {
                hold(request, found.addresses());
                yield assigned(
                        request,
                        found.pool(),
                        found.addresses(),
                        Cause.ALLOCATED,
                        "gives " + Search.listed(found.addresses()) + " in place of " + Search.listed(held)
                                + ", as the service asks now",
                        found.noted());
            }
            case Choice.None none ->
                assigned(
                        request,
                        pool,
                        held,
                        Cause.KEPT_REQUEST_UNMET,
                        "keeps " + Search.listed(held) + ": what it asks for now cannot be given, "
                                + none.refusal().message(),
                        none.noted());
        };
    }

    /** The pool still owns the address but no longer admits the service. */
    private Outcome strayed(Request request, List<Address> held, Pool pool) {
        if (outOfScope == OutOfScope.REASSIGN) {
            release(request.service());
            displaced.add(request.service());
            return fresh(request);
        }
        return assigned(
                request,
                pool,
                held,
                Cause.KEPT_OUT_OF_SCOPE,
                "keeps " + Search.listed(held) + " although pool " + pool.name() + " no longer admits the service",
                List.of());
    }

    /** All is well; a second family is added where the service would like one and its pool has it. */
    private Outcome completed(Request request, List<Address> held, Pool pool) {
        boolean wantsMore = request.families() instanceof Families.PreferBoth
                && request.wish().addresses().isEmpty();
        Optional<List<Address>> grown = wantsMore ? withSecondFamily(request, held, pool) : Optional.empty();
        if (grown.isPresent()) {
            hold(request, grown.get());
            return assigned(
                    request,
                    pool,
                    grown.get(),
                    Cause.ALLOCATED,
                    "keeps " + Search.listed(held) + " and gets the second family",
                    selected(pool));
        }
        return assigned(
                request,
                pool,
                held,
                Cause.KEPT,
                "keeps " + Search.listed(held) + " from pool " + pool.name(),
                selected(pool));
    }

    private Optional<List<Address>> withSecondFamily(Request request, List<Address> held, Pool pool) {
        if (held.size() != 1 || !(pool.scope().judge(request) instanceof Scope.Admission.Admitted)) {
            return Optional.empty();
        }
        return ledger(pool)
                .first(held.getFirst().family().other(), request)
                .map(second -> new ArrayList<>(new TreeSet<>(List.of(held.getFirst(), second))));
    }

    private static List<Verdict> selected(Pool pool) {
        return List.of(new Verdict(pool.name(), Verdict.Kind.SELECTED, "the service has its address from this pool"));
    }

    private Outcome fresh(Request request) {
        return switch (search(request)) {
            case Choice.Found found -> {
                Cause cause = displaced.contains(request.service()) ? Cause.REASSIGNED : Cause.ALLOCATED;
                hold(request, found.addresses());
                yield assigned(
                        request, found.pool(), found.addresses(), cause, message(cause, found, request), found.noted());
            }
            case Choice.None none ->
                new Refused(request.service(), none.refusal(), new Considered(none.noted(), pools, request));
        };
    }

    private static String message(Cause cause, Choice.Found found, Request request) {
        String given =
                Search.listed(found.addresses()) + " from pool " + found.pool().name();
        return cause == Cause.REASSIGNED
                ? "got " + given + " in place of an address that could not be kept"
                : "got " + given + ", " + why(found.pool(), request);
    }

    /** Why this pool, in one phrase. */
    private static String why(Pool pool, Request request) {
        if (!request.wish().addresses().isEmpty()) {
            return "which it asked for";
        }
        if (request.wish().namedPool().isPresent()) {
            return "the pool that it asked for";
        }
        return switch (pool.scope()) {
            case Scope.Pinned pinned
            when pinned.namespaces().contains(request.service().namespace()) ->
                "which lists namespace " + request.service().namespace() + priority(pinned);
            case Scope.Pinned pinned
            when !pinned.namespaceSelectors().isEmpty() -> "which selects its namespace by label" + priority(pinned);
            case Scope.Pinned pinned
            when !pinned.serviceSelectors().isEmpty() -> "which selects it by label" + priority(pinned);
            case Scope.Pinned pinned -> "which admits every namespace" + priority(pinned);
            case Scope.Open _ -> "which admits everybody";
        };
    }

    private static String priority(Scope.Pinned pinned) {
        return pinned.priority() == 0 ? "" : " (priority " + pinned.priority() + ")";
    }

    private Choice search(Request request) {
        return new Search(pools, this::ledger, request).choose();
    }

    private Assigned assigned(
            Request request, Pool pool, List<Address> addresses, Cause cause, String message, List<Verdict> noted) {
        return new Assigned(
                request.service(), pool.name(), addresses, cause, message, new Considered(noted, pools, request));
    }

    /** Puts these addresses in the place of whatever the service had. */
    private void hold(Request request, List<Address> addresses) {
        release(request.service());
        addresses.forEach(address -> ledger(pools.owning(address).orElseThrow()).add(address, request));
        holdings.put(request.service(), new Holding(request, List.copyOf(addresses)));
    }

    /** The service is gone, or wants no address any more; nothing happens where it has none. */
    public void release(ServiceKey service) {
        displaced.remove(service);
        Holding holding = holdings.remove(service);
        if (holding != null) {
            for (Address address : holding.addresses) {
                pools.owning(address).map(this::ledger).ifPresent(ledger -> ledger.remove(address, service));
            }
        }
    }

    /**
     * Works with other pools from now on. Addresses stay with their holders as far as a pool owns them.
     *
     * @return the services that have an address which no pool owns any more; {@link #allocate} gives them another
     */
    public Set<ServiceKey> setPools(Pools changed) {
        pools = changed;
        ledgers.clear();
        changed.inOrder().forEach(pool -> ledgers.put(pool.name(), new PoolLedger(pool)));
        Set<ServiceKey> stranded = new TreeSet<>();
        for (Holding holding : List.copyOf(holdings.values())) {
            boolean owned = holding.addresses.stream()
                    .allMatch(address -> pools.owning(address).isPresent());
            if (owned) {
                holding.addresses.forEach(
                        address -> ledger(pools.owning(address).orElseThrow()).add(address, holding.request));
            } else {
                stranded.add(holding.request.service());
                holdings.remove(holding.request.service());
                displaced.add(holding.request.service());
            }
        }
        return stranded;
    }

    /** Whether a pool has this address to give. */
    public boolean owns(Address address) {
        return pools.owning(address).isPresent();
    }

    /** Who has what, in the order of the services' names. */
    public List<Assignment> assignments() {
        return holdings.values().stream()
                .map(holding -> new Assignment(
                        holding.request.service(),
                        pools.owning(holding.addresses.getFirst()).orElseThrow().name(),
                        holding.addresses))
                .sorted(Comparator.comparing(Assignment::service))
                .toList();
    }

    /** How much of each pool is used, the most preferred pool first. */
    public List<PoolUsage> usage() {
        return pools.inOrder().stream().map(pool -> ledger(pool).usage()).toList();
    }

    private PoolLedger ledger(Pool pool) {
        PoolLedger ledger = ledgers.get(pool.name());
        if (ledger == null) {
            throw new IllegalStateException("no ledger for pool " + pool.name());
        }
        return ledger;
    }
}
