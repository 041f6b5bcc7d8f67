package io.berth.k8s.plan;

import io.berth.allocator.Verdict;
import io.berth.k8s.allocation.Decided;
import java.util.ArrayList;
import java.util.List;

/** An explanation as people read it: what the service has, then every pool, then every node. */
public final class ExplanationText {

    private ExplanationText() {}

    public static String of(Explanation explanation) {
        Decided decided = explanation.decided();
        List<String> parts = new ArrayList<>();
        parts.add("""
            Service:   %s
            Outcome:   %s
            Address:   %s
            Pool:      %s
            Reason:    %s
            Message:   %s
            """.formatted(
                        decided.service(),
                        ServiceTree.outcome(decided),
                        PlanText.address(decided),
                        PlanText.pool(decided),
                        PlanText.reason(decided),
                        ServiceTree.message(decided)));
        List<Verdict> verdicts = ServiceTree.verdicts(decided);
        if (!verdicts.isEmpty()) {
            parts.add(Table.of(
                            List.of("POOL", "VERDICT", "MESSAGE"),
                            verdicts.stream()
                                    .map(verdict -> List.of(
                                            verdict.pool(), verdict.kind().toString(), verdict.message())))
                    .text());
        }
        if (!explanation.announced().isEmpty()) {
            parts.add("Announced:\n" + PlanText.routes(explanation.announced()));
        }
        if (!explanation.withheld().isEmpty()) {
            parts.add("Not announced:\n"
                    + Table.of(
                                    List.of("NODE", "REASON", "MESSAGE"),
                                    explanation.withheld().stream()
                                            .map(onNode -> List.of(
                                                    onNode.node(),
                                                    onNode.why().reason(),
                                                    onNode.why().message())))
                            .text());
        }
        return String.join("\n", parts);
    }
}
