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
     * An object that cannot be used as it is written, but must not count as absent either: without a pool its addresses would be
     * nobody's, and without its fence a namespace could draw from anywhere.
     *
     * @param standIn     what of it can be read, in a form that gives nobody more than was meant
     * @param annotations whether those of ours are among what cannot
     */
    record Shut(Resource standIn, Annotations annotations, List<ConfigError> errors) implements Decoded {
        public Shut {
            errors = List.copyOf(errors);
        }

        /**
         * What to go on with where this was good before: the last good form, but what an annotation of ours was meant to restrict
         * is restricted from now on.
         */
        public Resource afterwards(Resource lastGood) {
            return switch (standIn) {
                case Namespace now when lastGood instanceof Namespace before -> now.standingInBy(before);
                case IPAddressPool _
                when lastGood instanceof IPAddressPool before && annotations == Annotations.ILLEGIBLE -> before.shut();
                default -> lastGood;
            };
        }
    }

    /** Whether the annotations {@code berth.io/...} of an object can be read. */
    enum Annotations {
        LEGIBLE,
        ILLEGIBLE
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
