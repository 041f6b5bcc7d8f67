package io.berth.allocator;

import io.berth.allocator.Outcome.Assigned;
import io.berth.allocator.Outcome.Cause;
import io.berth.allocator.Outcome.Refused;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gives addresses to services and remembers who has which. Nothing is given twice, and what a service has is taken away only
 * when no pool owns it any more, or its owner asks for something else that can be given.
 *
 * <p>At start every address that is already held is put in with {@link #restore} before anything is allocated. Belongs to one
 * thread; knows no Kubernetes, and of time what it is told by {@link #advance}.
 */
public final class Allocator {

    private final OutOfScope outOfScope;
    private Pools pools;
    private final Ledgers ledgers = new Ledgers();
    private final ReleasedAddresses released = new ReleasedAddresses(ledgers);
    private final Holdings holdings = new Holdings();

    /** Services that lost an address which was not theirs to keep, and why; what they get next is a replacement. */
    private final Map<ServiceKey, String> displaced = new HashMap<>();

    public Allocator(Pools pools, OutOfScope outOfScope) {
        this.pools = pools;
        this.outOfScope = outOfScope;
        ledgers.follow(pools);
    }

    /**
     * Lets time go on: reservations that end by then are no more. Until it is first called no time has passed.
     *
     * @return whether an address may have come free
     */
    public boolean advance(Instant now) {
        return released.advance(now);
    }

    /** When an address comes free next because it was kept for its former holder long enough; empty where none is kept. */
    public Optional<Instant> nextEnd() {
        return released.nextEnd();
    }

    /** Which addresses are kept for whom, those that end first in front. */
    public Collection<Reservation> reservations() {
        return released.all();
    }

    /** How many there are. */
    public int reserved() {
        return released.count();
    }

    /**
     * Notes what was kept for a service before this allocator began: as long as was promised, and at most as long as the pool
     * keeps addresses by now; {@link #advance} must have said when that is. Nothing is kept for who has the address.
     */
    public void restore(Reservation promised) {
        released.restore(promised);
    }

    /**
     * Keeps an address for a service to which it is promised, whatever its pool says of released addresses and however full a
     * quota is, until that is {@linkplain #withdraw withdrawn} or the service has it.
     */
    public void promise(Address address, ServiceKey service) {
        released.promise(address, service);
    }

    /** A promise is over: the address is kept for the service no longer. */
    public void withdraw(Address address, ServiceKey service) {
        released.withdraw(address, service);
    }

    /**
     * Notes what a service was given before this allocator began, whether its pool admits it or not.
     *
     * @return false where it cannot keep all of it: no pool owns an address, or a service restored earlier has it;
     *     {@link #allocate} then gives it another in its place
     */
    public boolean restore(Request request, List<Address> held) {
        List<Address> known = held.stream().distinct().toList();
        List<Address> kept =
                known.stream().filter(address -> mayKeep(address, request)).toList();
        leave(request, known, kept);
        return kept.size() == known.size();
    }

    /** Decides what a service has from now on: what it has already wherever possible. */
    public Outcome allocate(Request request) {
        Holding holding = holdings.get(request.service());
        if (holding == null) {
            return fresh(request);
        }
        List<Address> held = holding.addresses();
        List<Address> kept = tenable(request, held);
        if (!holding.request().equals(request) || !kept.equals(held)) {
            leave(request, held, kept);
        }
        return kept.isEmpty() ? fresh(request) : reconsidered(request, kept);
    }

    /**
     * Leaves a service what it has, and gives it nothing, since nobody can tell what it wants.
     *
     * @param request as much of what it asks for as is clear
     * @param why     in words that go on from "keeps 10.0.0.1"
     * @return empty where it has nothing, or something that goes against what is clear
     */
    public Optional<Assigned> keep(Request request, String why) {
        Holding holding = holdings.get(request.service());
        if (holding == null || !tenable(request, holding.addresses()).containsAll(holding.addresses())) {
            return Optional.empty();
        }
        List<Address> held = holding.addresses();
        hold(request.service(), Holding.of(request, held, ledgers::ofHeld));
        return Optional.of(kept(request, held, Cause.KEPT_REQUEST_UNMET, () -> why, List.of()));
    }

    /** What of its addresses a service can keep: one of each family that it has, those first that it asks for. */
    private List<Address> tenable(Request request, List<Address> held) {
        List<Address> kept = new ArrayList<>();
        held.stream()
                .filter(address -> request.families().wants(address.family()) && mayKeep(address, request))
                .sorted(Comparator.comparing(
                        address -> !request.wish().addresses().contains(address)))
                .filter(address -> kept.stream().noneMatch(other -> other.family() == address.family()))
                .forEach(kept::add);
        return kept;
    }

    private boolean mayKeep(Address address, Request request) {
        return ledgers.owning(address)
                .filter(ledger -> ledger.mayKeep(address, request))
                .isPresent();
    }

    /** Takes from a service what it may not keep, and remembers why: what it gets later is a replacement. */
    private void leave(Request request, List<Address> held, List<Address> kept) {
        Optional<String> why = held.stream()
                .filter(address -> kept.isEmpty() || !kept.contains(address) && !mayKeep(address, request))
                .findFirst()
                .map(address -> whyLost(address, request))
                .or(() -> Optional.ofNullable(displaced.get(request.service())));
        hold(request.service(), kept.isEmpty() ? null : Holding.of(request, kept, ledgers::ofHeld));
        why.ifPresent(reason -> displaced.put(request.service(), reason));
    }

    private String whyLost(Address address, Request request) {
        if (!owns(address)) {
            return "no pool owns " + address + " any more";
        }
        return mayKeep(address, request)
                ? "the service has no " + address.family() + " cluster IP any more"
                : address + " is in use by another service that had it first or does not share it";
    }

    /** A service that has something: may it still have it, and is it still what it wants? */
    private Outcome reconsidered(Request request, List<Address> held) {
        Optional<Pool> closed =
                owners(held).filter(pool -> !pool.admits(request)).findFirst();
        if (outOfScope == OutOfScope.REASSIGN
                && closed.filter(pool -> isMeant(pool, request)).isPresent()) {
            hold(request.service(), null);
            displaced.put(request.service(), Wording.noLongerAdmits(closed.get(), request));
            return fresh(request);
        }
        if (!isMet(request, held)) {
            return followed(request, held, closed);
        }
        return closed.<Outcome>map(pool -> kept(
                        request,
                        held,
                        Cause.KEPT_OUT_OF_SCOPE,
                        () -> " although " + Wording.noLongerAdmits(pool, request),
                        List.of()))
                .orElseGet(() -> completed(request, held));
    }

    /** Whether somebody wants a pool closed to a service, and has not merely written what cannot be read, or been seen to write it. */
    private static boolean isMeant(Pool closed, Request request) {
        return !(closed.scope() instanceof Scope.Closed)
                && switch (request.tenant().fence()) {
                    case Fence.Open _, Fence.Around _ -> true;
                    case Fence.Unreadable _, Fence.Unseen _ -> false;
                };
    }

    private Stream<Pool> owners(List<Address> held) {
        return held.stream().map(address -> ledgers.ofHeld(address).pool());
    }

    private boolean isMet(Request request, List<Address> held) {
        List<Address> wanted = request.wish().addresses();
        boolean bothAreThere = !(request.families() instanceof Families.Both) || held.size() == 2;
        return bothAreThere
                && (wanted.isEmpty() || new HashSet<>(wanted).equals(new HashSet<>(held)))
                && isFromItsPool(request, held);
    }

    private boolean isFromItsPool(Request request, List<Address> held) {
        return request.wish()
                .namedPool()
                .map(named -> owners(held).allMatch(pool -> pool.name().equals(named)))
                .orElse(true);
    }

    /** The owner asks for something else: it is given if it can be, and until then the working address stays. */
    private Outcome followed(Request request, List<Address> held, Optional<Pool> closed) {
        Optional<Choice.Found> grown = withSecondFamily(request, held);
        if (grown.isPresent()) {
            return given(request, held, grown.get(), () -> Wording.grown(grown.get(), held));
        }
        return switch (search(request, held)) {
            case Choice.Found found ->
                given(request, held, found, () -> Wording.got(found, request) + "; it had " + Wording.listed(held));
            case Choice.None(Refusal refusal, List<Verdict> noted) -> {
                String unmet = "because what it asks for cannot be given: " + refusal.message();
                yield closed.map(pool -> kept(
                                request,
                                held,
                                Cause.KEPT_OUT_OF_SCOPE,
                                () -> " although " + Wording.noLongerAdmits(pool, request) + ", and " + unmet,
                                noted))
                        .orElseGet(() -> kept(request, held, Cause.KEPT_REQUEST_UNMET, () -> " " + unmet, noted));
            }
        };
    }

    /** All is well; a second family is added where the service would like one and its pool has it. */
    private Outcome completed(Request request, List<Address> held) {
        Pool pool = ledgers.ofHeld(held.getFirst()).pool();
        return withSecondFamily(request, held)
                .map(grown -> given(request, held, grown, () -> Wording.grown(grown, held)))
                .orElseGet(() -> kept(request, held, Cause.KEPT, () -> " from pool " + pool.name(), selected(pool)));
    }

    /** What it has with an address of the other family from the same pool, if it wants one and there is one. */
    private Optional<Choice.Found> withSecondFamily(Request request, List<Address> held) {
        Pool pool = ledgers.ofHeld(held.getFirst()).pool();
        boolean wanted = !(request.families() instanceof Families.One)
                && held.size() == 1
                && request.wish().addresses().isEmpty()
                && isFromItsPool(request, held)
                && pool.admits(request);
        return wanted
                        && new Offers(ledgers, request, held).of(pool, new Families.Both())
                                instanceof Offer.These(List<Address> both)
                ? Optional.of(new Choice.Found(pool, both, selected(pool)))
                : Optional.empty();
    }

    private static List<Verdict> selected(Pool pool) {
        return List.of(new Verdict(pool.name(), Verdict.Kind.SELECTED, "the service has its address from this pool"));
    }

    private Outcome fresh(Request request) {
        return switch (search(request, List.of())) {
            case Choice.Found found -> given(request, List.of(), found, () -> Wording.got(found, request));
            case Choice.None none ->
                new Refused(request.service(), none.refusal(), new Considered(none.noted(), pools, request));
        };
    }

    private Choice search(Request request, List<Address> held) {
        return request.wish().addresses().isEmpty()
                ? new Search(pools, ledgers, request, held).choose()
                : new NamedAddresses(pools, ledgers, request, held).choose();
    }

    private Assigned given(Request request, List<Address> held, Choice.Found found, Supplier<String> words) {
        String lost = displaced.get(request.service());
        for (Address address : held) {
            if (!found.addresses().contains(address)) {
                released.giveUp(request, address, ledgers.ofHeld(address));
            }
        }
        PoolLedger pool = ledgers.of(found.pool());
        hold(request.service(), Holding.of(request, found.addresses(), _ -> pool));
        released.trim(request);
        return new Assigned(
                request.service(),
                found.pool().name(),
                found.addresses(),
                lost == null ? Cause.ALLOCATED : Cause.REASSIGNED,
                lost == null ? words : () -> words.get() + "; " + lost,
                new Considered(found.noted(), pools, request));
    }

    private Assigned kept(
            Request request, List<Address> held, Cause cause, Supplier<String> words, List<Verdict> noted) {
        return new Assigned(
                request.service(),
                ledgers.ofHeld(held.getFirst()).pool().name(),
                held,
                cause,
                () -> "keeps " + Wording.listed(held) + words.get(),
                new Considered(noted, pools, request));
    }

    /** Puts this in the place of whatever the service had. */
    private void hold(ServiceKey service, @Nullable Holding now) {
        displaced.remove(service);
        Holding before = now == null ? holdings.remove(service) : holdings.put(now);
        if (before != null) {
            before.leave();
        }
        if (now != null) {
            now.enter();
            released.taken(now);
        }
    }

    /**
     * The service is gone, or wants no address any more; nothing happens where it has none. Pools may keep what it had for it
     * for a while.
     */
    public void release(ServiceKey service) {
        displaced.remove(service);
        Holding holding = holdings.remove(service);
        if (holding != null) {
            released.giveUp(holding);
            holding.leave();
            released.trim(holding.request());
        }
    }

    /**
     * Works with other pools from now on. Addresses stay with their holders as far as a pool owns them.
     *
     * @return the services that have an address which no pool owns any more; {@link #allocate} gives them another
     */
    public Set<ServiceKey> setPools(Pools changed) {
        List<Holding> concerned = ledgers.concernedBy(changed).stream()
                .map(service -> Objects.requireNonNull(holdings.remove(service)))
                .toList();
        concerned.forEach(Holding::leave);
        pools = changed;
        ledgers.follow(changed);
        Set<ServiceKey> stranded = new TreeSet<>();
        for (Holding holding : concerned) {
            List<Address> owned =
                    holding.addresses().stream().filter(this::owns).toList();
            leave(holding.request(), holding.addresses(), owned);
            if (owned.size() < holding.addresses().size()) {
                stranded.add(holding.request().service());
            }
        }
        released.followPools();
        return stranded;
    }

    /** Whether a pool has this address to give. */
    public boolean owns(Address address) {
        return ledgers.owning(address).isPresent();
    }

    /** Who has what, in the order of the services' names. */
    public List<Assignment> assignments() {
        return holdings.stream()
                .map(holding -> new Assignment(
                        holding.request().service(), holding.pool().pool().name(), holding.addresses()))
                .sorted(Comparator.comparing(Assignment::service))
                .toList();
    }

    /** How much of each pool is used, the most preferred pool first. */
    public List<PoolUsage> usage() {
        return pools.inOrder().stream().map(pool -> ledgers.of(pool).usage()).toList();
    }
}
