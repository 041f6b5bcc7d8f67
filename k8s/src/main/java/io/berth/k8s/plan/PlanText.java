package io.berth.k8s.plan;

import io.berth.k8s.advertisement.RouteTree;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.resource.Warning;
import java.util.List;
import java.util.stream.Stream;

/** A plan as people read it: tables in the manner of kubectl, one after the other; those without rows are left out. */
public final class PlanText {

    private PlanText() {}

    public static String of(Plan plan) {
        List<Decided> shown = plan.services().stream()
                .filter(decided -> !(decided instanceof Decided.NotLoadBalancer))
                .toList();
        return ApiText.parts(Stream.of(
                shown.isEmpty()
                        ? "No services of type LoadBalancer.\n"
                        : ApiText.services(shown.stream().map(ServiceTree::summary)),
                ApiText.unlessEmpty(
                        plan.pools(),
                        pools -> ApiText.pools(pools.stream().map(PoolTree::of).toList())),
                ApiText.unlessEmpty(
                        plan.announcements().routes(),
                        routes -> ApiText.routes(routes.stream().map(RouteTree::of))),
                ApiText.unlessEmpty(plan.warnings(), PlanText::warnings)));
    }

    static String warnings(List<Warning> warnings) {
        return Table.of(
                        List.of("WARNING", "OBJECT", "MESSAGE"),
                        warnings.stream()
                                .map(warning ->
                                        List.of(warning.reason().toString(), warning.object(), warning.message())))
                .text();
    }
}
