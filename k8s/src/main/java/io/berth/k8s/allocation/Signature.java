package io.berth.k8s.allocation;

import io.berth.k8s.resource.Tenures;

/** How a process signs what it writes into the books of pools. */
sealed interface Signature {

    /** What is to be written, signed. */
    String under(String entries);

    /** Whether a book with this signature was signed so. */
    boolean isOwn(String signature);

    /** Nobody else writes. */
    record None() implements Signature {
        @Override
        public String under(String entries) {
            return entries;
        }

        @Override
        public boolean isOwn(String signature) {
            return true;
        }
    }

    /** No two are the same, neither of two processes nor of one: what was written between two of a kind would not be noticed. */
    final class Of implements Signature {

        private final String hand;
        private long count;

        /** @param hand that no other process has, and this one not at another time */
        Of(String hand) {
            this.hand = hand + ".";
        }

        @Override
        public String under(String entries) {
            return Tenures.signed(hand + ++count, entries);
        }

        @Override
        public boolean isOwn(String signature) {
            return signature.startsWith(hand);
        }
    }
}
