package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.Allocator;
import io.berth.allocator.Outcome;
import io.berth.allocator.PoolUsage;
import io.berth.allocator.Refusal;
import io.berth.allocator.Request;
import io.berth.allocator.ServiceKey;
import io.berth.allocator.Sharing;
import io.berth.bgp.AddressLiteral;
import io.berth.k8s.cluster.Cluster.Writers;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Tenure;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Follows the world and decides on every Service in it: {@code plan}, {@code explain} and the running process all decide
 * here. Belongs to one thread; writes nothing, knows no time.
 *
 * <p>{@link #follow} takes in a new state of the world. Before anything is decided, addresses that are held are adopted,
 * older holders first, and what is no longer wanted is given back. Then every service that the change concerns has its
 * {@link #next turn}, and after it those that wait for what came free.
 */
public final class Allocations {

    private final String loadBalancerClass;
    private final Allocator allocator;
    private Configuration configuration = Configuration.EMPTY;

    private final Turns turns = new Turns();
    private ClusterState followed = ClusterState.EMPTY;
    private final Tenants tenants = new Tenants();
    private final Map<ServiceKey, Asked> asked = new HashMap<>();
    private final Map<ServiceKey, Decided> decided = new HashMap<>();

    /** Services that may be better off with what comes free. */
    private final Set<ServiceKey> waiting = new HashSet<>();

    /** Services that were refused what their status says that they have. */
    private final Set<ServiceKey> claiming = new HashSet<>();

    /** Whether decisions have to be promised before they are written. */
    private final Writers writers;

    private final Promises promises;
    private final PoolMemory memory;

    /** What each service last had of us, also when its pool is gone: by that its status is known to be ours to change. */
    private final Map<ServiceKey, List<Address>> given = new HashMap<>();

    /** Decides alone. */
    public Allocations(AllocationSettings settings) {
        this(settings, Writers.THIS_ONE);
    }

    /** @param writers who else may write decisions on services: then addresses are promised first */
    Allocations(AllocationSettings settings, Writers writers) {
        this.loadBalancerClass = settings.loadBalancerClass();
        this.allocator = new Allocator(configuration.pools(), settings.outOfScope());
        this.writers = writers;
        this.promises = new Promises(allocator);
        this.memory = new PoolMemory(allocator, promises);
    }

    /** Lets time go on: addresses that were kept for services which gave them back may come free. */
    public void advance(Instant now) {
        if (allocator.advance(now)) {
            recallWaiting();
        }
    }

    /** When time brings the next change; empty where it brings none. */
    public Optional<Instant> nextEnd() {
        return allocator.nextEnd();
    }

    /**
     * What a change of the world did to its services.
     *
     * @param changed services that have come or are other than they were
     * @param gone    what had been decided on services that are no more
     */
    public record Followed(List<ServiceKey> changed, List<Decided> gone) {
        public Followed {
            changed = List.copyOf(changed);
            gone = List.copyOf(gone);
        }
    }

    /** Takes in the world as it is now. Costs what changed since it was last taken in. */
    public Followed follow(ClusterState state) {
        ClusterState before = followed;
        try {
            return follow(before, state);
        } catch (RuntimeException defect) {
            // What was taken in by half is taken in again the next time, not passed over.
            followed = before;
            throw defect;
        }
    }

    private Followed follow(ClusterState before, ClusterState state) {
        List<ServiceKey> comeChangedOrGone = state.changedServices(before);
        Set<ServiceKey> changed = new LinkedHashSet<>(comeChangedOrGone);
        followed = state;
        boolean reconfigured = configure(before);
        Set<String> relaid = tenants.follow(before, state, asked.keySet());

        List<ServiceKey> absent =
                changed.stream().filter(key -> service(key).isEmpty()).toList();
        absent.forEach(changed::remove);
        changed.forEach(key -> turns.place(present(key)));
        List<Decided> gone =
                absent.stream().flatMap(key -> decided(key).stream()).toList();
        boolean eased = absent.stream().filter(this::forget).count() > 0;
        eased |= settlePromises(comeChangedOrGone);

        List<ServiceKey> concerned = concerned(changed, reconfigured, relaid);
        for (ServiceKey key : concerned) {
            Asked now = Requests.from(present(key), tenants.of(key.namespace()), loadBalancerClass);
            Optional<Asked> then = Optional.ofNullable(asked.put(key, now));
            eased |= then.isPresent() && !sharing(then.get()).equals(sharing(now));
            eased |= now.understood().isEmpty() && release(key);
            boolean unserved = changed.contains(key) && addresses(key).isEmpty();
            if (reconfigured || unserved || !then.equals(Optional.of(now))) {
                turns.add(key);
            }
        }
        adopt(concerned);
        for (ServiceKey key : changed) {
            promise(key);
            eased |= keepStanding(key);
        }
        if (eased) {
            recallWaiting();
        }
        return new Followed(List.copyOf(changed), gone);
    }

    /** The services that have to be asked again, in the order of their turns. */
    private List<ServiceKey> concerned(Set<ServiceKey> changed, boolean reconfigured, Set<String> relaid) {
        if (reconfigured) {
            return List.copyOf(turns.inOrder());
        }
        Set<ServiceKey> concerned = new HashSet<>(changed);
        if (!relaid.isEmpty()) {
            asked.keySet().stream()
                    .filter(key -> relaid.contains(key.namespace()))
                    .forEach(concerned::add);
        }
        return turns.inOrder(concerned);
    }

    /**
     * Decides on the service whose turn it is.
     *
     * @return empty once nothing is left to decide until the world changes
     */
    public Optional<Decided> next() {
        return turns.poll().map(key -> {
            List<Address> had = addresses(key);
            int kept = allocator.reserved();
            Decided now = decide(present(key));
            note(now);
            if (!now.addresses().equals(had)) {
                memory.touch(had);
                memory.touch(now.addresses());
            }
            promises.uphold(key);
            promise(key);
            boolean _ = keepStanding(key);
            boolean keepsLess = allocator.reserved() < kept;
            if (keepsLess || !now.addresses().containsAll(had)) {
                recallWaiting();
            }
            return now;
        });
    }

    private void note(Decided now) {
        ServiceKey key = now.service();
        decided.put(key, now);
        if (!now.addresses().isEmpty()) {
            given.put(key, now.addresses());
        }
        keep(waiting, key, now.isWaiting());
        boolean wants = now instanceof Decided.Considered || now instanceof Decided.Unclear;
        keep(
                claiming,
                key,
                wants && now.addresses().isEmpty() && !present(key).ingress().isEmpty());
    }

    private static void keep(Set<ServiceKey> those, ServiceKey key, boolean belongs) {
        if (belongs) {
            those.add(key);
        } else {
            those.remove(key);
        }
    }

    /** Decides on every service that is due. */
    public void settle() {
        for (Optional<Decided> turn = next(); turn.isPresent(); ) {
            turn = next();
        }
    }

    /** A service as it was last followed; empty where it is gone. */
    public Optional<Service> service(ServiceKey key) {
        return followed.service(key);
    }

    /** What was decided on a service; empty where it is gone, or has not had its turn. */
    public Optional<Decided> decided(ServiceKey key) {
        return Optional.ofNullable(decided.get(key));
    }

    /** What was decided on every service, in the order of their turns. */
    public List<Decided> all() {
        return turns.inOrder().stream().flatMap(key -> decided(key).stream()).toList();
    }

    /** How much of each pool is used, the most preferred pool first. */
    public List<PoolUsage> usage() {
        return allocator.usage();
    }

    /** The configuration that decisions are made by. */
    public Configuration configuration() {
        return configuration;
    }

    private boolean configure(ClusterState before) {
        Configuration next = configuration.followedBy(before, followed);
        boolean changed = !next.pools().inOrder().equals(configuration.pools().inOrder());
        configuration = next;
        if (changed) {
            allocator.setPools(next.pools());
        }
        return changed;
    }

    /** Lets go of a service that is gone; whether it had anything to give back. */
    private boolean forget(ServiceKey key) {
        turns.remove(key);
        asked.remove(key);
        decided.remove(key);
        waiting.remove(key);
        claiming.remove(key);
        if (promises.wantNothing(key)) {
            memory.promisesChanged();
        }
        boolean released = release(key);
        return promises.stand(key, List.of()) || released;
    }

    /** Gives back what a service has; whether that was anything. */
    private boolean release(ServiceKey key) {
        allocator.release(key);
        promises.uphold(key);
        List<Address> had = given.remove(key);
        if (had != null) {
            memory.touch(had);
        }
        return had != null;
    }

    private static Optional<Sharing> sharing(Asked asked) {
        return asked.understood().map(Request::sharing);
    }

    /**
     * Takes over what is held: by services that are concerned, and by those whose status still says that they have what they were
     * refused.
     */
    private void adopt(List<ServiceKey> concerned) {
        Set<ServiceKey> holders = new HashSet<>(concerned);
        holders.addAll(claiming);
        holders.removeIf(key -> present(key).ingress().isEmpty());
        turns.inOrder(holders).forEach(key -> adopt(present(key)));
        memory.follow(configuration, followed);
    }

    /** What was promised to these services may be settled. Whether addresses came free by that. */
    private boolean settlePromises(Collection<ServiceKey> keys) {
        boolean settled = false;
        for (ServiceKey key : keys) {
            settled |= promises.settle(key, service(key));
        }
        if (settled) {
            memory.promisesChanged();
        }
        return settled;
    }

    /**
     * What stands on a service and was not decided, or is another load balancer's, is nobody else's: it may be in use as long as it stands
     * there. Who decides alone, and writes it all down, need not wait for that. Whether addresses came free.
     */
    private boolean keepStanding(ServiceKey key) {
        boolean stays = writers == Writers.SEVERAL || asked(key) instanceof Asked.NotOurs;
        return promises.stand(key, stays ? without(addresses(present(key)), addresses(key)) : List.of());
    }

    /** Has promised to a service, where that is necessary, what it is to have and has not got. */
    private void promise(ServiceKey key) {
        if (writers == Writers.SEVERAL
                && promises.want(present(key), without(addresses(key), addresses(present(key))))) {
            memory.promisesChanged();
        }
    }

    /** What has to stand in the pool's book before the service can be given what was decided. */
    List<Tenure.Promised> promised(ServiceKey key) {
        return promises.wantedBy(key);
    }

    private static List<Address> addresses(Service service) {
        return service.ingress().stream().map(Address::of).toList();
    }

    private static List<Address> without(List<Address> those, List<Address> others) {
        return those.stream().filter(address -> !others.contains(address)).toList();
    }

    /** Takes over what the status of a service says that it holds, unless more than that is known of it. */
    private void adopt(Service service) {
        ServiceKey key = service.meta().key();
        if (!addresses(key).isEmpty() || isServedByOthers(service)) {
            return;
        }
        asked(key).understood().ifPresent(request -> {
            List<Address> held = service.ingress().stream().map(Address::of).toList();
            allocator.restore(request, held);
            given.put(key, held);
            memory.touch(held);
            turns.add(key);
        });
    }

    /**
     * What each pool has to remember over a restart, by its name: something where it keeps released addresses, and nothing else.
     * Of a pool that cannot be read, or not be used, nothing is known: what it remembers must stand. The same map as long as nothing
     * of this changes.
     */
    public Map<String, List<Tenure>> tenures() {
        return memory.tenures();
    }

    /** An address that is of no pool of ours, and that nothing shows to have been, is another load balancer's. */
    private boolean isServedByOthers(Service service) {
        List<Address> ours = given.getOrDefault(service.meta().key(), List.of());
        return !service.ingress().isEmpty()
                && service.allocatedFromPool().isEmpty()
                && service.ingress().stream()
                        .map(Address::of)
                        .noneMatch(address -> allocator.owns(address) || ours.contains(address));
    }

    private Decided decide(Service service) {
        ServiceKey key = service.meta().key();
        return switch (asked(key)) {
            case Asked.NotLoadBalancer _ -> new Decided.NotLoadBalancer(key);
            case Asked.NotOurs(String why) -> new Decided.NotOurs(key, why);
            case Asked.Wanted _, Asked.Unclear _
            when isServedByOthers(service) -> {
                release(key);
                yield new Decided.NotOurs(
                        key, "it has " + listed(service.ingress()) + ", which neither Berth nor MetalLB gave it");
            }
            case Asked.Wanted(Request request) -> new Decided.Considered(allocator.allocate(request));
            case Asked.Unclear(Request rest, String problem) -> unclear(rest, problem);
        };
    }

    private static String listed(List<InetAddress> addresses) {
        return addresses.stream().map(AddressLiteral::of).collect(Collectors.joining(", "));
    }

    /** Keeps what the service has, since a typing error must not cause an outage, but gives it nothing. */
    private Decided unclear(Request rest, String problem) {
        ServiceKey key = rest.service();
        Optional<Outcome.Assigned> kept = allocator.keep(rest, ": what it asks for now is not clear, " + problem);
        if (kept.isPresent()) {
            return new Decided.Considered(kept.get());
        }
        release(key);
        return new Decided.Unclear(key, new Refusal.InvalidRequest(problem));
    }

    /** Whoever waits has a turn again. */
    private void recallWaiting() {
        waiting.forEach(turns::add);
    }

    private Service present(ServiceKey key) {
        return followed.service(key).orElseThrow();
    }

    private Asked asked(ServiceKey key) {
        return Objects.requireNonNull(asked.get(key));
    }

    private List<Address> addresses(ServiceKey key) {
        return decided(key).map(Decided::addresses).orElse(List.of());
    }
}
