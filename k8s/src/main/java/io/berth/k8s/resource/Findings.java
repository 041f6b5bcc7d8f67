package io.berth.k8s.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What came to light while one object was read. */
final class Findings {

    /** Whatever a manifest says, what is said of it stays one line and does nothing to a terminal. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\u2028\\u2029]");

    private final String source;
    private final String object;
    private final List<ConfigError> errors = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    Findings(String source, String object) {
        this.source = source;
        this.object = printable(object);
    }

    void error(String message) {
        errors.add(new ConfigError(source, object, printable(message)));
    }

    void warn(Warning.Reason reason, String message) {
        warnings.add(new Warning(reason, object, printable(message)));
    }

    private static String printable(String text) {
        return UNPRINTABLE.matcher(text).replaceAll("?");
    }

    List<ConfigError> errors() {
        return List.copyOf(errors);
    }

    List<Warning> warnings() {
        return List.copyOf(warnings);
    }
}
