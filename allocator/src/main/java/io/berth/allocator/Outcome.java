package io.berth.allocator;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Supplier;

/** A decision on a service, with the verdict on every pool. */
public sealed interface Outcome {

    ServiceKey service();

    Considered considered();

    /** In the word of the outward face, "Allocated" or "PoolExhausted". */
    String reason();

    /** Why, in words for the service's owner. */
    String message();

    /**
     * The service has these addresses.
     *
     * @param words why, put together when somebody asks
     */
    record Assigned(
            ServiceKey service,
            String pool,
            List<Address> addresses,
            Cause cause,
            Supplier<String> words,
            Considered considered)
            implements Outcome {
        public Assigned {
            addresses = List.copyOf(addresses);
        }

        @Override
        public String reason() {
            return cause.toString();
        }

        @Override
        public String message() {
            return words.get();
        }

        public List<InetAddress> inetAddresses() {
            return addresses.stream().map(Address::toInetAddress).toList();
        }
    }

    /** The service has none. */
    record Refused(ServiceKey service, Refusal refusal, Considered considered) implements Outcome {
        @Override
        public String reason() {
            return refusal.reason();
        }

        @Override
        public String message() {
            return refusal.message();
        }
    }

    /** How a service came to what it has. */
    enum Cause {
        ALLOCATED("Allocated"),
        KEPT("Kept"),
        KEPT_OUT_OF_SCOPE("KeptOutOfScope"),
        KEPT_REQUEST_UNMET("KeptRequestUnmet"),
        REASSIGNED("Reassigned");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
