package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.Allocator;
import io.berth.allocator.Outcome;
import io.berth.allocator.PoolUsage;
import io.berth.allocator.Refusal;
import io.berth.allocator.Request;
import io.berth.allocator.Reservation;
import io.berth.allocator.ServiceKey;
import io.berth.allocator.Sharing;
import io.berth.allocator.Tenant;
import io.berth.bgp.AddressLiteral;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Tenure;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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

    /** In the order of their turns. */
    private final Map<ServiceKey, Service> services = new LinkedHashMap<>();

    private final Map<ServiceKey, Asked> asked = new HashMap<>();
    private final Map<ServiceKey, Decided> decided = new HashMap<>();

    /** Pools whose tenures have been taken over; from then on it is known here what they have to remember. */
    private final Set<String> remembered = new HashSet<>();

    /** What each service last had of us, also when its pool is gone: by that its status is known to be ours to change. */
    private final Map<ServiceKey, List<Address>> given = new HashMap<>();

    public Allocations(AllocationSettings settings) {
        this.loadBalancerClass = settings.loadBalancerClass();
        this.allocator = new Allocator(configuration.pools(), settings.outOfScope());
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

    /** Takes in the world as it is now. */
    public void follow(ClusterState state) {
        boolean reconfigured = configure(state);
        Map<ServiceKey, Service> before = Map.copyOf(services);
        List<Service> inOrder = Turns.inOrder(state.services());
        services.clear();
        inOrder.forEach(service -> services.put(service.meta().key(), service));
        turns.reorder(inOrder);

        boolean eased = releaseAbsent();
        Map<String, Tenant> tenants = tenants(state);
        for (Service service : inOrder) {
            ServiceKey key = service.meta().key();
            Asked now =
                    Requests.from(service, tenants.getOrDefault(key.namespace(), Tenant.UNKNOWN), loadBalancerClass);
            Optional<Asked> then = Optional.ofNullable(asked.put(key, now));
            eased |= then.isPresent() && !sharing(then.get()).equals(sharing(now));
            eased |= now.understood().isEmpty() && release(key);
            boolean unserved = addresses(key).isEmpty() && !service.equals(before.get(key));
            if (reconfigured || unserved || !then.equals(Optional.of(now))) {
                turns.add(key);
            }
        }
        inOrder.forEach(this::adopt);
        configuration.poolsByName().values().forEach(this::remember);
        if (eased) {
            recallWaiting();
        }
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
            Decided now = decide(Objects.requireNonNull(services.get(key)));
            decided.put(key, now);
            if (!now.addresses().isEmpty()) {
                given.put(key, now.addresses());
            }
            boolean keepsLess = allocator.reserved() < kept;
            if (keepsLess || !now.addresses().containsAll(had)) {
                recallWaiting();
            }
            return now;
        });
    }

    /** Decides on every service that is due. */
    public void settle() {
        for (Optional<Decided> turn = next(); turn.isPresent(); ) {
            turn = next();
        }
    }

    /** A service as it was last followed; empty where it is gone. */
    public Optional<Service> service(ServiceKey key) {
        return Optional.ofNullable(services.get(key));
    }

    /** What was decided on a service; empty where it is gone, or has not had its turn. */
    public Optional<Decided> decided(ServiceKey key) {
        return Optional.ofNullable(decided.get(key));
    }

    /** What was decided on every service, in the order of their turns. */
    public List<Decided> all() {
        return services.keySet().stream().flatMap(key -> decided(key).stream()).toList();
    }

    /** How much of each pool is used, the most preferred pool first. */
    public List<PoolUsage> usage() {
        return allocator.usage();
    }

    /** The configuration that decisions are made by. */
    public Configuration configuration() {
        return configuration;
    }

    private boolean configure(ClusterState state) {
        Configuration next = configuration.followedBy(state);
        boolean changed = !next.pools().inOrder().equals(configuration.pools().inOrder());
        configuration = next;
        if (changed) {
            allocator.setPools(next.pools());
        }
        return changed;
    }

    private static Map<String, Tenant> tenants(ClusterState state) {
        Map<String, Tenant> tenants = new HashMap<>();
        state.namespaces().forEach(namespace -> tenants.put(namespace.meta().name(), namespace.tenant()));
        return tenants;
    }

    /** Gives back what deleted services had; whether that was anything. */
    private boolean releaseAbsent() {
        Set<ServiceKey> absent = new HashSet<>(asked.keySet());
        absent.removeAll(services.keySet());
        asked.keySet().removeAll(absent);
        decided.keySet().removeAll(absent);
        return absent.stream().filter(this::release).count() > 0;
    }

    /** Gives back what a service has; whether that was anything. */
    private boolean release(ServiceKey key) {
        allocator.release(key);
        return given.remove(key) != null;
    }

    private static Optional<Sharing> sharing(Asked asked) {
        return asked.understood().map(Request::sharing);
    }

    /** Takes over what the status of a service says that it holds, unless more than that is known of it. */
    private void adopt(Service service) {
        ServiceKey key = service.meta().key();
        if (service.ingress().isEmpty() || !addresses(key).isEmpty() || isServedByOthers(service)) {
            return;
        }
        asked(key).understood().ifPresent(request -> {
            List<Address> held = service.ingress().stream().map(Address::of).toList();
            allocator.restore(request, held);
            given.put(key, held);
            turns.add(key);
        });
    }

    /** Takes over for whom a pool keeps addresses. Who has gone while nobody looked gave its own back just now. */
    private void remember(IPAddressPool pool) {
        if (!pool.isShut() && remembered.add(pool.meta().name())) {
            for (Tenure tenure : pool.tenures()) {
                Instant until = switch (tenure) {
                    case Tenure.Current _ -> Instant.MAX;
                    case Tenure.Released released -> released.until();
                };
                allocator.restore(new Reservation(tenure.address(), tenure.service(), until));
            }
        }
    }

    /**
     * What each pool has to remember over a restart, by its name: something where it keeps released addresses, and nothing else.
     * Of a pool that cannot be read, or not be used, nothing is known: what it remembers must stand.
     */
    public Map<String, List<Tenure>> tenures() {
        Map<String, List<Tenure>> tenures = new HashMap<>();
        configuration.poolsByName().forEach((name, pool) -> {
            if (remembered.contains(name) && !pool.isShut()) {
                tenures.put(name, new ArrayList<>());
            }
        });
        if (tenures.keySet().stream().anyMatch(this::keepsReleased)) {
            allocator
                    .assignments()
                    .forEach(assignment -> assignment
                            .addresses()
                            .forEach(address -> note(new Tenure.Current(assignment.service(), address), tenures)));
            allocator
                    .reservations()
                    .forEach(kept -> note(new Tenure.Released(kept.service(), kept.address(), kept.until()), tenures));
        }
        return tenures;
    }

    private boolean keepsReleased(String pool) {
        return configuration
                .pools()
                .named(pool)
                .orElseThrow()
                .terms()
                .holdReleased()
                .isPositive();
    }

    private void note(Tenure tenure, Map<String, List<Tenure>> tenures) {
        configuration
                .pools()
                .owning(tenure.address())
                .filter(pool -> keepsReleased(pool.name()))
                .map(pool -> tenures.get(pool.name()))
                .ifPresent(ofPool -> ofPool.add(tenure));
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
        decided.values().stream()
                .filter(Decided::isWaiting)
                .map(Decided::service)
                .forEach(turns::add);
    }

    private Asked asked(ServiceKey key) {
        return Objects.requireNonNull(asked.get(key));
    }

    private List<Address> addresses(ServiceKey key) {
        return decided(key).map(Decided::addresses).orElse(List.of());
    }
}
