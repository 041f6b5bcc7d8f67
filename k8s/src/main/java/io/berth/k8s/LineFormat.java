package io.berth.k8s;

import java.util.Locale;

/** How a command that goes on prints what happens, a line for each thing. */
enum LineFormat {
    TEXT,
    JSON;

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
