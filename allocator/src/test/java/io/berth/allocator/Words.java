package io.berth.allocator;

import static io.berth.allocator.Rules.require;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the owner of a service reads of a decision: a verdict on every pool, and nothing of another tenant. */
final class Words {

    private Words() {}

    static void of(Outcome outcome, List<PoolContents> pools) {
        String own = outcome.service().namespace();
        Set<String> judged = new HashSet<>();
        int selected = 0;
        nameNobodyElse(own, outcome.message());
        for (Verdict verdict : outcome.considered().verdicts()) {
            require(judged.add(verdict.pool()), "a pool has two verdicts");
            selected += verdict.kind() == Verdict.Kind.SELECTED ? 1 : 0;
            nameNobodyElse(own, verdict.message());
        }
        require(judged.size() == pools.size(), "every pool has its verdict");
        for (PoolContents pool : pools) {
            require(judged.contains(pool.name()), "every pool has its verdict");
        }
        require(selected <= 1, "two pools are selected");
    }

    private static void nameNobodyElse(String own, String message) {
        require(!message.isBlank(), "a message says something");
        for (String namespace : Place.NAMESPACES) {
            require(namespace.equals(own) || !message.contains(namespace), "a message names another tenant");
        }
    }
}
