package io.berth.k8s.plan;

import io.berth.allocator.Outcome;
import io.berth.allocator.Pool.AutoAssign;
import io.berth.allocator.PoolUsage;
import io.berth.bgp.AddressLiteral;
import io.berth.k8s.advertisement.PlannedRoute;
import io.berth.k8s.advertisement.RouteTree;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.resource.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A plan as people read it: tables in the manner of kubectl, one after the other; those without rows are left out. */
public final class PlanText {

    static final String NONE = "<none>";

    private PlanText() {}

    public static String of(Plan plan) {
        List<Decided> shown = plan.services().stream()
                .filter(decided -> !(decided instanceof Decided.NotLoadBalancer))
                .toList();
        String services = shown.isEmpty() ? "No services of type LoadBalancer.\n" : services(shown);
        return Stream.of(
                        services,
                        unlessEmpty(plan.pools(), PlanText::pools),
                        unlessEmpty(plan.announcements().routes(), PlanText::routes),
                        unlessEmpty(plan.warnings(), PlanText::warnings))
                .filter(table -> !table.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static <T> String unlessEmpty(List<T> values, Function<List<T>, String> table) {
        return values.isEmpty() ? "" : table.apply(values);
    }

    private static String services(List<Decided> services) {
        return Table.of(
                        List.of("NAMESPACE", "SERVICE", "ADDRESS", "POOL", "REASON", "MESSAGE"),
                        services.stream().map(PlanText::service))
                .text();
    }

    private static List<String> service(Decided decided) {
        return List.of(
                decided.service().namespace(),
                decided.service().name(),
                address(decided),
                pool(decided),
                reason(decided),
                ServiceTree.message(decided));
    }

    static String address(Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome.Assigned assigned) ->
                assigned.inetAddresses().stream().map(AddressLiteral::of).collect(Collectors.joining(","));
            case Decided.Considered(Outcome.Refused _), Decided.Unclear _ -> "<pending>";
            case Decided.NotLoadBalancer _, Decided.NotOurs _ -> NONE;
        };
    }

    static String pool(Decided decided) {
        return decided instanceof Decided.Considered(Outcome.Assigned assigned) ? assigned.pool() : NONE;
    }

    static String reason(Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome outcome) -> outcome.reason();
            case Decided.Unclear unclear -> unclear.refusal().reason();
            case Decided.NotLoadBalancer _, Decided.NotOurs _ -> ServiceTree.outcome(decided);
        };
    }

    private static String pools(List<PoolUsage> pools) {
        List<String> header = new ArrayList<>(List.of("POOL", "PRIORITY", "AUTO-ASSIGN"));
        List<Function<PoolUsage, PoolUsage.Count>> families = new ArrayList<>();
        if (pools.stream().anyMatch(pool -> pool.ipv4().total().signum() > 0)) {
            header.addAll(List.of("IPV4-USED", "IPV4-FREE"));
            families.add(PoolUsage::ipv4);
        }
        if (pools.stream().anyMatch(pool -> pool.ipv6().total().signum() > 0)) {
            header.addAll(List.of("IPV6-USED", "IPV6-FREE"));
            families.add(PoolUsage::ipv6);
        }
        header.add("NAMESPACES");
        return Table.of(header, pools.stream().map(pool -> pool(pool, families)))
                .text();
    }

    private static List<String> pool(PoolUsage pool, List<Function<PoolUsage, PoolUsage.Count>> families) {
        List<String> row = new ArrayList<>(List.of(
                pool.pool(),
                pool.priority() == 0 ? NONE : String.valueOf(pool.priority()),
                String.valueOf(pool.autoAssign() == AutoAssign.ENABLED)));
        families.forEach(family -> {
            row.add(family.apply(pool).assigned().toString());
            row.add(family.apply(pool).available().toString());
        });
        row.add(orNone(new TreeMap<>(pool.namespaces())
                .entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue().total())
                        .collect(Collectors.joining(","))));
        return row;
    }

    static String routes(List<PlannedRoute> routes) {
        return Table.of(
                        List.of("NODE", "PEER", "PREFIX", "LOCAL-PREF", "COMMUNITIES", "SERVICES"),
                        routes.stream().map(RouteTree::of).map(PlanText::route))
                .text();
    }

    private static List<String> route(JsonNode route) {
        return List.of(
                route.path("node").asString(),
                route.path("peer").asString(),
                route.path("prefix").asString(),
                orNone(route.path("localPref").asString("")),
                orNone(Stream.concat(texts(route.path("communities")), texts(route.path("largeCommunities")))
                        .collect(Collectors.joining(","))),
                texts(route.path("services")).collect(Collectors.joining(",")));
    }

    private static Stream<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asString);
    }

    static String warnings(List<Warning> warnings) {
        return Table.of(
                        List.of("WARNING", "OBJECT", "MESSAGE"),
                        warnings.stream()
                                .map(warning ->
                                        List.of(warning.reason().toString(), warning.object(), warning.message())))
                .text();
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }
}
