package io.berth.allocator;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A label selector: all of its requirements must hold. One without any matches everything, as in Kubernetes.
 *
 * @param requirements {@code matchLabels} and {@code matchExpressions} brought to one form
 */
public record Selector(List<Requirement> requirements) {

    public Selector {
        requirements = List.copyOf(requirements);
    }

    public boolean matches(Map<String, String> labels) {
        return requirements.stream().allMatch(requirement -> requirement.matches(labels));
    }

    /** What it asks for: "environment=production and tier in (gold, silver)". */
    public String describe() {
        return requirements.isEmpty()
                ? "anything"
                : requirements.stream().map(Requirement::describe).collect(Collectors.joining(" and "));
    }

    /** The first thing that these labels lack, and what they have instead; for labels that do not match. */
    public String mismatch(Map<String, String> labels) {
        return firstUnmet(labels)
                .map(requirement -> "needs " + requirement.describe() + ", has " + carried(requirement, labels))
                .orElse("");
    }

    /** The first requirement that these labels do not meet; none where they match. */
    Optional<Requirement> firstUnmet(Map<String, String> labels) {
        return requirements.stream()
                .filter(requirement -> !requirement.matches(labels))
                .findFirst();
    }

    private static String carried(Requirement requirement, Map<String, String> labels) {
        return labels.containsKey(requirement.key())
                ? requirement.key() + "=" + labels.get(requirement.key())
                : "no label " + requirement.key();
    }
}
