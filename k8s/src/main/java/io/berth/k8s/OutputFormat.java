package io.berth.k8s;

import java.util.Locale;

/** How a result is printed: a table for people, or JSON or YAML for machines. */
enum OutputFormat {
    TABLE,
    JSON,
    YAML;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
