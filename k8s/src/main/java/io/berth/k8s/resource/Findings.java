package io.berth.k8s.resource;

import java.util.ArrayList;
import java.util.List;

/** What came to light while one object was read. */
final class Findings {

    private final String source;
    private final String object;
    private final List<ConfigError> errors = new ArrayList<>();
    private final List<Warning> warnings = new ArrayList<>();

    Findings(String source, String object) {
        this.source = source;
        this.object = OneLine.of(object);
    }

    /** A field may be read more than once; what is wrong with it is said once. */
    void error(String message) {
        var error = new ConfigError(source, object, OneLine.of(message));
        if (!errors.contains(error)) {
            errors.add(error);
        }
    }

    void warn(Warning.Reason reason, String message) {
        warnings.add(new Warning(reason, object, message));
    }

    List<ConfigError> errors() {
        return List.copyOf(errors);
    }

    List<Warning> warnings() {
        return List.copyOf(warnings);
    }
}
