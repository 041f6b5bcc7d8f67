package io.berth.k8s.plan;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.advertisement.PlannedRoute;
import io.berth.k8s.advertisement.Withheld;
import io.berth.k8s.allocation.Decided;
import java.util.List;
import java.util.Optional;

/**
 * Why one service has, or has not, its address, and where it is announced.
 *
 * @param announced routes that the service stands behind
 * @param withheld  the first thing in the way on each node that does not announce all of it
 */
public record Explanation(Decided decided, List<PlannedRoute> announced, List<OnNode> withheld) {

    /** What keeps one node from announcing the service, or one of its addresses. */
    public record OnNode(String node, Withheld why) {}

    public Explanation {
        announced = List.copyOf(announced);
        withheld = List.copyOf(withheld);
    }

    /** What the plan says of this service; empty where there is no such service. */
    public static Optional<Explanation> of(Plan plan, ServiceKey service) {
        return plan.services().stream()
                .filter(decided -> decided.service().equals(service))
                .findFirst()
                .map(decided -> new Explanation(decided, announced(plan, service), withheld(plan, service)));
    }

    private static List<PlannedRoute> announced(Plan plan, ServiceKey service) {
        return plan.announcements().routes().stream()
                .filter(route -> route.services().contains(service))
                .toList();
    }

    private static List<OnNode> withheld(Plan plan, ServiceKey service) {
        return plan.announcements().decisions().stream()
                .filter(onNode -> onNode.decision().service().equals(service))
                .flatMap(onNode -> onNode.decision().withheld().stream().map(why -> new OnNode(onNode.node(), why)))
                .toList();
    }
}
