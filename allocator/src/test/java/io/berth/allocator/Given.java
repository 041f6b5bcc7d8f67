package io.berth.allocator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words in which the tests say what there is. */
final class Given {

    static final Families IPV4 = new Families.One(Family.IPV4);
    static final Families IPV6 = new Families.One(Family.IPV6);
    static final Families BOTH = new Families.Both();
    static final Families PREFER_BOTH = new Families.PreferBoth(Family.IPV4);

    private Given() {}

    static Address address(String text) {
        return Address.of(AddressRange.parseAddress(text));
    }

    static List<Address> addresses(String... texts) {
        return Arrays.stream(texts).map(Given::address).toList();
    }

    /** A pool for everybody. */
    static Pool pool(String name, String... ranges) {
        return new Pool(
                name,
                Arrays.stream(ranges).map(AddressRange::parse).toList(),
                Pool.AutoAssign.ENABLED,
                Pool.BuggyIps.GIVEN,
                new Scope.Open(),
                Terms.NONE);
    }

    static Pool with(Scope scope, Pool pool) {
        return new Pool(pool.name(), pool.ranges(), pool.autoAssign(), pool.buggyIps(), scope, pool.terms());
    }

    static Pool onRequestOnly(Pool pool) {
        return new Pool(
                pool.name(), pool.ranges(), Pool.AutoAssign.DISABLED, pool.buggyIps(), pool.scope(), pool.terms());
    }

    static Pool avoidingBuggyIps(Pool pool) {
        return new Pool(
                pool.name(), pool.ranges(), pool.autoAssign(), Pool.BuggyIps.AVOIDED, pool.scope(), pool.terms());
    }

    static Pool with(Terms terms, Pool pool) {
        return new Pool(pool.name(), pool.ranges(), pool.autoAssign(), pool.buggyIps(), pool.scope(), terms);
    }

    static Pool with(List<AddressRange> ranges, Pool pool) {
        return new Pool(pool.name(), ranges, pool.autoAssign(), pool.buggyIps(), pool.scope(), pool.terms());
    }

    /** The pool never gives out these addresses. */
    static Pool excluding(Pool pool, String... ranges) {
        Terms terms = pool.terms();
        List<AddressRange> excluded =
                Arrays.stream(ranges).map(AddressRange::parse).toList();
        return with(new Terms(excluded, terms.namespaceQuota(), terms.overflow(), terms.holdReleased()), pool);
    }

    /** The pool gives each namespace so much. */
    static Pool granting(Quota quota, Pool pool) {
        Terms terms = pool.terms();
        return with(new Terms(terms.excluded(), quota, terms.overflow(), terms.holdReleased()), pool);
    }

    /** Services that the pool admits wait for it when it is full. */
    static Pool denyingOverflow(Pool pool) {
        Terms terms = pool.terms();
        return with(
                new Terms(terms.excluded(), terms.namespaceQuota(), Terms.Overflow.DENIED, terms.holdReleased()), pool);
    }

    /** The pool keeps what services give back for so long. */
    static Pool holding(Duration released, Pool pool) {
        Terms terms = pool.terms();
        return with(new Terms(terms.excluded(), terms.namespaceQuota(), terms.overflow(), released), pool);
    }

    static Quota atMost(int addresses) {
        return new Quota.AtMost(addresses);
    }

    static Pools pools(Pool... pools) {
        return Pools.of(List.of(pools));
    }

    static Allocator allocator(Pool... pools) {
        return new Allocator(pools(pools), OutOfScope.KEEP);
    }

    static Scope.Pinned priority(int priority) {
        return new Scope.Pinned(priority, Set.of(), List.of(), List.of());
    }

    static Scope.Pinned namespaces(int priority, String... namespaces) {
        return new Scope.Pinned(priority, Set.of(namespaces), List.of(), List.of());
    }

    static Scope.Pinned namespacesWith(int priority, Selector... selectors) {
        return new Scope.Pinned(priority, Set.of(), List.of(selectors), List.of());
    }

    static Scope.Pinned servicesWith(int priority, Selector... selectors) {
        return new Scope.Pinned(priority, Set.of(), List.of(), List.of(selectors));
    }

    static Selector label(String key, String value) {
        return new Selector(List.of(new Requirement.In(key, Set.of(value))));
    }

    /** A service that wants one IPv4 address of any pool, to itself. */
    static Request service(String key) {
        return new Request(
                ServiceKey.parse(key), Tenant.UNKNOWN, Map.of(), IPV4, new Wish.Any(), new Sharing.Exclusive());
    }

    static Request with(Families families, Request request) {
        return new Request(
                request.service(),
                request.tenant(),
                request.serviceLabels(),
                families,
                request.wish(),
                request.sharing());
    }

    static Request with(Wish wish, Request request) {
        return new Request(
                request.service(),
                request.tenant(),
                request.serviceLabels(),
                request.families(),
                wish,
                request.sharing());
    }

    static Request with(Sharing sharing, Request request) {
        return new Request(
                request.service(),
                request.tenant(),
                request.serviceLabels(),
                request.families(),
                request.wish(),
                sharing);
    }

    static Request inNamespaceWith(Map<String, String> labels, Request request) {
        return with(Tenant.labelled(labels), request);
    }

    static Request with(Tenant tenant, Request request) {
        return new Request(
                request.service(),
                tenant,
                request.serviceLabels(),
                request.families(),
                request.wish(),
                request.sharing());
    }

    static Request with(Fence fence, Request request) {
        return with(
                new Tenant(request.tenant().labels(), fence, request.tenant().quota()), request);
    }

    static Request with(Quota quota, Request request) {
        return with(new Tenant(request.tenant().labels(), request.tenant().fence(), quota), request);
    }

    /** A service of a namespace that may draw from these pools only, in this order. */
    static Request fencedIn(Request request, String... pools) {
        return with(new Fence.Around(List.of(pools)), request);
    }

    static Request labelled(Map<String, String> labels, Request request) {
        return new Request(
                request.service(), request.tenant(), labels, request.families(), request.wish(), request.sharing());
    }

    static Wish exactly(String... texts) {
        return new Wish.Exactly(addresses(texts));
    }

    static Sharing sharing(String key, int... ports) {
        return new Sharing.Keyed(key, tcp(ports), new Sharing.Backend.AnyNode("app=web"), Sharing.Reach.NAMESPACE);
    }

    static Sharing sharingAcrossNamespaces(String key, int... ports) {
        return new Sharing.Keyed(key, tcp(ports), new Sharing.Backend.AnyNode("app=web"), Sharing.Reach.CLUSTER);
    }

    static Sharing sharingLocally(String key, String selector, int... ports) {
        return new Sharing.Keyed(key, tcp(ports), new Sharing.Backend.LocalPods(selector), Sharing.Reach.NAMESPACE);
    }

    private static Set<Sharing.Port> tcp(int... ports) {
        return Set.copyOf(Arrays.stream(ports)
                .mapToObj(port -> new Sharing.Port("TCP", port))
                .toList());
    }

    /** Why a service has what it has, or why it has nothing, in one word, and what it has. */
    static String said(Outcome outcome) {
        return outcome instanceof Outcome.Assigned assigned
                ? outcome.reason() + " " + assigned.pool() + " " + Wording.listed(assigned.addresses())
                : outcome.reason();
    }

    /** The verdicts as "pool Kind". */
    static List<String> verdicts(Outcome outcome) {
        return outcome.considered().verdicts().stream()
                .map(verdict -> verdict.pool() + " " + verdict.kind())
                .toList();
    }

    static String message(Outcome outcome, String pool) {
        return outcome.considered().verdicts().stream()
                .filter(verdict -> verdict.pool().equals(pool))
                .findFirst()
                .orElseThrow()
                .message();
    }
}
