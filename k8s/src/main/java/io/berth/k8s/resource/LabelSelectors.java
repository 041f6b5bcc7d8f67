package io.berth.k8s.resource;

import io.berth.allocator.Requirement;
import io.berth.allocator.Selector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Kubernetes' label selectors, read into the allocator's. */
final class LabelSelectors {

    private LabelSelectors() {}

    /** Every selector of a list. */
    static List<Selector> all(Fields fields, String name) {
        return fields.objects(name).stream().map(LabelSelectors::one).toList();
    }

    private static Selector one(Fields selector) {
        List<Requirement> requirements = new ArrayList<>();
        selector.map("matchLabels").forEach((key, value) -> requirements.add(new Requirement.In(key, Set.of(value))));
        requirements.sort(Comparator.comparing(Requirement::key));
        for (Fields expression : selector.objects("matchExpressions")) {
            requirements.add(expression(expression));
        }
        selector.done();
        return new Selector(requirements);
    }

    private static Requirement expression(Fields expression) {
        String key = expression.text("key", "");
        String operator = expression.text("operator", "");
        List<String> values = expression.texts("values");
        expression.done();
        if (key.isEmpty()) {
            expression.error("key", "must not be empty");
        }
        boolean takesValues = operator.equals("In") || operator.equals("NotIn");
        if (takesValues == values.isEmpty() && isKnown(operator)) {
            expression.error(
                    "values", (takesValues ? "must not be empty" : "must be empty") + " for operator " + operator);
        }
        Set<String> set = new HashSet<>(values);
        return switch (operator) {
            case "In" -> new Requirement.In(key, set);
            case "NotIn" -> new Requirement.NotIn(key, set);
            case "Exists" -> new Requirement.Exists(key);
            case "DoesNotExist" -> new Requirement.DoesNotExist(key);
            default -> {
                expression.error("operator", "must be In, NotIn, Exists or DoesNotExist, got '" + operator + "'");
                yield new Requirement.Exists(key);
            }
        };
    }

    private static boolean isKnown(String operator) {
        return List.of("In", "NotIn", "Exists", "DoesNotExist").contains(operator);
    }
}
