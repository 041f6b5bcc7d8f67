package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules of the allocator, written down in the plainest way. Tests hold the allocator against it. */
final class NaiveAllocator {

    /** What became of a request, in the words of the outward face. */
    record Decision(List<Address> addresses, String reason, Map<String, Kind> verdicts) {}

    private final OutOfScope policy;
    private final NaiveState state;

    /** Services that lost an address against their will since they were last given one. */
    private final Set<ServiceKey> displaced = new HashSet<>();

    NaiveAllocator(List<Pool> pools, OutOfScope policy, Instant now) {
        this.policy = policy;
        this.state = new NaiveState(pools, now);
    }

    NaiveState state() {
        return state;
    }

    Decision allocate(Request request) {
        ServiceKey service = request.service();
        List<Address> held = state.heldBy(service);
        List<Address> kept = tenable(request, held);
        boolean lost = !held.isEmpty() && kept.isEmpty()
                || held.stream().anyMatch(address -> !kept.contains(address) && !state.fits(address, request));
        if (lost) {
            displaced.add(service);
        }
        state.hold(request, kept);
        if (kept.isEmpty()) {
            return fresh(request);
        }
        List<PoolContents> owners = kept.stream().map(state::owner).toList();
        List<PoolContents> closed = owners.stream()
                .filter(pool -> !NaiveScope.admits(pool.pool(), request))
                .toList();
        if (policy == OutOfScope.REASSIGN
                && !closed.isEmpty()
                && NaiveScope.isMeantToRefuse(closed.getFirst().pool(), request)) {
            displaced.add(service);
            state.hold(request, List.of());
            return fresh(request);
        }
        return reconsidered(request, kept, owners, !closed.isEmpty());
    }

    private List<Address> tenable(Request request, List<Address> held) {
        List<Address> kept = new ArrayList<>();
        held.stream()
                .sorted(Comparator.comparing(
                        address -> !request.wish().addresses().contains(address)))
                .filter(address -> request.families().wants(address.family()) && state.fits(address, request))
                .filter(address -> kept.stream().noneMatch(other -> other.family() == address.family()))
                .forEach(kept::add);
        return kept;
    }

    private Decision reconsidered(Request request, List<Address> kept, List<PoolContents> owners, boolean closed) {
        NaiveSearch search = new NaiveSearch(state, request);
        List<Address> wanted = request.wish().addresses();
        boolean fromItsPool = request.wish()
                .namedPool()
                .map(named -> owners.stream().allMatch(pool -> pool.name().equals(named)))
                .orElse(true);
        boolean met = fromItsPool
                && (wanted.isEmpty() || Set.copyOf(wanted).equals(Set.copyOf(kept)))
                && (kept.size() == 2 || !(request.families() instanceof Families.Both));
        if (fromItsPool && wanted.isEmpty() && kept.size() == 1 && !(request.families() instanceof Families.One)) {
            List<Address> both = search.grownIn(owners.getFirst());
            if (!both.isEmpty()) {
                return given(request, both, search.verdictsOfOneThatKeeps(owners.getFirst()));
            }
        }
        if (met) {
            Map<String, Kind> verdicts =
                    closed ? search.verdictsBeforeAnyOffer() : search.verdictsOfOneThatKeeps(owners.getFirst());
            return new Decision(kept, closed ? "KeptOutOfScope" : "Kept", verdicts);
        }
        NaiveSearch.Result result = search.result();
        return result.addresses().isEmpty()
                ? new Decision(kept, closed ? "KeptOutOfScope" : "KeptRequestUnmet", result.verdicts())
                : given(request, result.addresses(), result.verdicts());
    }

    private Decision fresh(Request request) {
        NaiveSearch.Result result = new NaiveSearch(state, request).result();
        return result.addresses().isEmpty()
                ? new Decision(List.of(), result.reason(), result.verdicts())
                : given(request, result.addresses(), result.verdicts());
    }

    private Decision given(Request request, List<Address> addresses, Map<String, Kind> verdicts) {
        List<Address> givenUp = new ArrayList<>(state.heldBy(request.service()));
        givenUp.removeAll(addresses);
        state.keep(request, givenUp);
        state.hold(request, addresses);
        state.trim(request);
        return new Decision(addresses, displaced.remove(request.service()) ? "Reassigned" : "Allocated", verdicts);
    }

    void release(ServiceKey service) {
        displaced.remove(service);
        NaiveState.Holding holding = state.holdings.get(service);
        if (holding != null) {
            state.keep(holding.request(), holding.addresses());
            state.hold(holding.request(), List.of());
            state.trim(holding.request());
        }
    }

    Set<ServiceKey> setPools(List<Pool> changed) {
        Set<ServiceKey> stranded = state.setPools(changed);
        displaced.addAll(stranded);
        return stranded;
    }

    boolean restore(Request request, List<Address> held) {
        List<Address> known = held.stream().distinct().toList();
        List<Address> kept =
                known.stream().filter(address -> state.fits(address, request)).toList();
        if (kept.size() < known.size()) {
            displaced.add(request.service());
        }
        state.hold(request, kept);
        return kept.size() == known.size();
    }
}
