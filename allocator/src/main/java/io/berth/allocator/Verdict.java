package io.berth.allocator;

import java.util.function.Supplier;

/**
 * What became of one pool in a decision, and why.
 *
 * @param words for the service's owner; put together when somebody asks, since hardly anybody does
 */
public record Verdict(String pool, Kind kind, Supplier<String> words) {

    Verdict(String pool, Kind kind, String words) {
        this(pool, kind, () -> words);
    }

    public String message() {
        return words.get();
    }

    /** In the words of the outward face. */
    public enum Kind {
        SELECTED("Selected"),
        NAMESPACE_NOT_ALLOWED("NamespaceNotAllowed"),
        SERVICE_NOT_SELECTED("ServiceNotSelected"),
        AUTO_ASSIGN_DISABLED("AutoAssignDisabled"),
        FAMILY_UNAVAILABLE("FamilyUnavailable"),
        EXHAUSTED("Exhausted"),
        QUOTA_EXCEEDED("QuotaExceeded"),
        LOWER_PREFERENCE("LowerPreference"),
        NOT_REQUESTED("NotRequested");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
