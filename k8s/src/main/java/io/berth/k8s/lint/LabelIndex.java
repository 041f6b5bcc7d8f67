package io.berth.k8s.lint;

import io.berth.allocator.Requirement;
import io.berth.allocator.Selector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds which of many objects a selector matches without asking each of them. Objects are told by their numbers, from 0; what
 * matches is a set of bits, so that ten thousand selectors over ten thousand objects are a matter of milliseconds.
 */
final class LabelIndex {

    private final int objects;

    /** By key, then by value: who bears it. */
    private final Map<String, Map<String, List<Integer>>> bearers = new TreeMap<>();

    /** @param labels of each object, in the order of their numbers */
    LabelIndex(List<Map<String, String>> labels) {
        this.objects = labels.size();
        for (int i = 0; i < objects; i++) {
            int number = i;
            labels.get(i)
                    .forEach((key, value) -> bearers.computeIfAbsent(key, _ -> new HashMap<>())
                            .computeIfAbsent(value, _ -> new ArrayList<>())
                            .add(number));
        }
    }

    /** Every object. */
    BitSet all() {
        BitSet all = new BitSet();
        all.set(0, objects);
        return all;
    }

    /** The objects that any of these selectors matches. */
    BitSet matching(List<Selector> selectors) {
        BitSet matching = new BitSet();
        selectors.forEach(selector -> matching.or(matching(selector)));
        return matching;
    }

    private BitSet matching(Selector selector) {
        if (selector.requirements().isEmpty()) {
            return all();
        }
        BitSet matching = matching(selector.requirements().getFirst());
        selector.requirements().stream().skip(1).forEach(requirement -> matching.and(matching(requirement)));
        return matching;
    }

    private BitSet matching(Requirement requirement) {
        return switch (requirement) {
            case Requirement.In(String key, Set<String> values) -> bearing(key, values);
            case Requirement.NotIn(String key, Set<String> values) -> others(bearing(key, values));
            case Requirement.Exists(String key) -> bearing(key, values(key).keySet());
            case Requirement.DoesNotExist(String key) ->
                others(bearing(key, values(key).keySet()));
        };
    }

    private Map<String, List<Integer>> values(String key) {
        return bearers.getOrDefault(key, Map.of());
    }

    private BitSet bearing(String key, Set<String> values) {
        BitSet bearing = new BitSet();
        values.forEach(value -> values(key).getOrDefault(value, List.of()).forEach(bearing::set));
        return bearing;
    }

    private BitSet others(BitSet some) {
        BitSet others = all();
        others.andNot(some);
        return others;
    }

    /** " (did you mean environment=production?)" where a label that a selector wants is nowhere, but one much like it is. */
    String hint(Selector selector, Slips slips) {
        return selector.requirements().stream()
                .map(requirement -> switch (requirement) {
                    case Requirement.In(String key, Set<String> values)
                    when bearers.containsKey(key) -> nearestValue(key, values, slips);
                    case Requirement.In _, Requirement.Exists _ -> nearestKey(requirement.key(), slips);
                    case Requirement.NotIn _, Requirement.DoesNotExist _ -> "";
                })
                .filter(hint -> !hint.isEmpty())
                .findFirst()
                .orElse("");
    }

    private String nearestValue(String key, Set<String> wanted, Slips slips) {
        Set<String> existing = values(key).keySet();
        return wanted.stream().anyMatch(existing::contains)
                ? ""
                : wanted.stream()
                        .sorted()
                        .flatMap(value -> slips.nearest(value, existing).stream())
                        .findFirst()
                        .map(value -> " (did you mean " + key + "=" + value + "?)")
                        .orElse("");
    }

    private String nearestKey(String key, Slips slips) {
        return bearers.containsKey(key) ? "" : slips.hint(key, bearers.keySet());
    }
}
