package io.berth.k8s.resource;

import java.util.List;

/** What a manifest's document turned out to be. */
public sealed interface Decoded {

    /** An object that can be used. */
    record Usable(Resource resource, List<Warning> warnings) implements Decoded {
        public Usable {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * An object that cannot.
     *
     * @param reference "IPAddressPool/team-a-ips", as {@link Resource#reference} has it
     */
    record Invalid(String reference, List<ConfigError> errors) implements Decoded {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /** A kind that does not concern us. */
    record PassedOver() implements Decoded {}
}
