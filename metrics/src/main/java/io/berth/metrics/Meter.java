package io.berth.metrics;

import java.util.List;

/**
 * What is measured.
 *
 * @param name   as it stands in the exposition, with {@code _total} and the unit, if it has one, at its end
 * @param type   what may be done with its values
 * @param help   one sentence for whoever meets the name in a dashboard
 * @param labels what tells its series apart
 */
record Meter(String name, Type type, String help, List<String> labels) {

    enum Type {
        GAUGE,
        COUNTER,
        HISTOGRAM,
        INFO
    }

    static Meter gauge(String name, String help, String... labels) {
        return new Meter(name, Type.GAUGE, help, List.of(labels));
    }

    static Meter counter(String name, String help, String... labels) {
        return new Meter(name, Type.COUNTER, help, List.of(labels));
    }

    static Meter histogram(String name, String help) {
        return new Meter(name, Type.HISTOGRAM, help, List.of());
    }

    static Meter info(String name, String help, String... labels) {
        return new Meter(name, Type.INFO, help, List.of(labels));
    }
}
