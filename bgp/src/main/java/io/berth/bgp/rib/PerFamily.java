package io.berth.bgp.rib;

import io.berth.bgp.message.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One value for each family there is: a map that never lacks a key. */
final class PerFamily<T> {

    private final List<T> values = new ArrayList<>();

    PerFamily(Function<Family, T> value) {
        for (Family family : Family.values()) {
            values.add(value.apply(family));
        }
    }

    T get(Family family) {
        return values.get(List.of(Family.values()).indexOf(family));
    }

    List<T> values() {
        return values;
    }
}
