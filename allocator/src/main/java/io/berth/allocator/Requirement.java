package io.berth.allocator;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One condition on labels, as Kubernetes' {@code matchExpressions} define it. */
public sealed interface Requirement {

    /** The label is there and has one of these values. */
    record In(String key, Set<String> values) implements Requirement {
        public In {
            values = Set.copyOf(values);
        }
    }

    /** The label is not there, or has none of these values. */
    record NotIn(String key, Set<String> values) implements Requirement {
        public NotIn {
            values = Set.copyOf(values);
        }
    }

    /** The label is there. */
    record Exists(String key) implements Requirement {}

    /** The label is not there. */
    record DoesNotExist(String key) implements Requirement {}

    /** The label that it is about. */
    default String key() {
        return switch (this) {
            case In in -> in.key;
            case NotIn notIn -> notIn.key;
            case Exists exists -> exists.key;
            case DoesNotExist absent -> absent.key;
        };
    }

    default boolean matches(Map<String, String> labels) {
        return switch (this) {
            case In in -> labels.containsKey(in.key) && in.values.contains(labels.get(in.key));
            case NotIn notIn -> !labels.containsKey(notIn.key) || !notIn.values.contains(labels.get(notIn.key));
            case Exists exists -> labels.containsKey(exists.key);
            case DoesNotExist absent -> !labels.containsKey(absent.key);
        };
    }

    /** In the notation of {@code kubectl get --selector}. */
    default String describe() {
        return switch (this) {
            case In in ->
                in.values.size() == 1
                        ? in.key + "=" + in.values.iterator().next()
                        : in.key + " in " + listed(in.values);
            case NotIn notIn -> notIn.key + " not in " + listed(notIn.values);
            case Exists exists -> "a label " + exists.key;
            case DoesNotExist absent -> "no label " + absent.key;
        };
    }

    private static String listed(Set<String> values) {
        return "(" + String.join(", ", new TreeSet<>(values)) + ")";
    }
}
