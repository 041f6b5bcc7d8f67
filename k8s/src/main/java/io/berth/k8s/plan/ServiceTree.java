package io.berth.k8s.plan;

import io.berth.allocator.Outcome;
import io.berth.allocator.Verdict;
import io.berth.bgp.AddressLiteral;
import io.berth.k8s.allocation.Decided;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What was decided on a service, as {@code berth plan -o json} and the JSON API print it. */
public final class ServiceTree {

    private ServiceTree() {}

    /** All of it. */
    public static ObjectNode of(Decided decided) {
        ObjectNode tree = summary(decided);
        ArrayNode considered = tree.putArray("considered");
        verdicts(decided)
                .forEach(verdict -> considered
                        .addObject()
                        .put("pool", verdict.pool())
                        .put("verdict", verdict.kind().toString())
                        .put("message", verdict.message()));
        return tree;
    }

    /** All but the verdict on every pool, which is by far the most of it. */
    static ObjectNode summary(Decided decided) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("namespace", decided.service().namespace())
                .put("name", decided.service().name())
                .put("outcome", outcome(decided));
        if (decided instanceof Decided.Considered(Outcome.Assigned assigned)) {
            tree.put("pool", assigned.pool());
        }
        ArrayNode addresses = tree.putArray("addresses");
        decided.addresses().forEach(address -> addresses.add(AddressLiteral.of(address.toInetAddress())));
        reason(decided).ifPresent(reason -> tree.put("reason", reason));
        return tree.put("message", message(decided));
    }

    private static Optional<String> reason(Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome outcome) -> Optional.of(outcome.reason());
            case Decided.Unclear unclear -> Optional.of(unclear.refusal().reason());
            case Decided.NotLoadBalancer _, Decided.NotOurs _ -> Optional.empty();
        };
    }

    /** "Assigned", "Unassigned", "NotLoadBalancer" or "NotOurs". */
    private static String outcome(Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome.Assigned _) -> "Assigned";
            case Decided.Considered(Outcome.Refused _), Decided.Unclear _ -> "Unassigned";
            case Decided.NotLoadBalancer _ -> "NotLoadBalancer";
            case Decided.NotOurs _ -> "NotOurs";
        };
    }

    /** Why, for the owner of the service. */
    static String message(Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome outcome) -> outcome.message();
            case Decided.Unclear unclear -> unclear.refusal().message();
            case Decided.NotLoadBalancer _ -> "the service is not of type LoadBalancer";
            case Decided.NotOurs notOurs -> notOurs.why();
        };
    }

    /** The verdict on every pool; none where no pool was considered. */
    private static List<Verdict> verdicts(Decided decided) {
        return decided instanceof Decided.Considered(Outcome outcome)
                ? outcome.considered().verdicts()
                : List.of();
    }
}
