package io.berth.bgp.rib;

import io.berth.bgp.message.Family;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** One value for each family there is: a map that never lacks a key. */
final class PerFamily<T> {

    private final Map<Family, T> values = new EnumMap<>(Family.class);

    PerFamily(Function<Family, T> value) {
        for (Family family : Family.values()) {
            values.put(family, value.apply(family));
        }
    }

    T get(Family family) {
        return Objects.requireNonNull(values.get(family));
    }

    Collection<T> values() {
        return values.values();
    }
}
