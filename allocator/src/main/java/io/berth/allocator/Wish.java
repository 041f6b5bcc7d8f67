package io.berth.allocator;

import java.util.List;
import java.util.Optional;

/** What a service asks for by name. It is honoured in full or refused, never replaced by something else. */
public sealed interface Wish {

    /** Any address that it may have. */
    record Any() implements Wish {}

    /** Any address of this pool. */
    record FromPool(String pool) implements Wish {}

    /** These addresses. */
    record Exactly(List<Address> addresses) implements Wish {
        public Exactly {
            addresses = List.copyOf(addresses);
        }
    }

    /** These addresses, and they must lie in this pool. */
    record ExactlyFromPool(List<Address> addresses, String pool) implements Wish {
        public ExactlyFromPool {
            addresses = List.copyOf(addresses);
        }
    }

    /** The addresses asked for; none where any will do. */
    default List<Address> addresses() {
        return switch (this) {
            case Exactly exactly -> exactly.addresses;
            case ExactlyFromPool exactly -> exactly.addresses;
            case Any _, FromPool _ -> List.of();
        };
    }

    /** The pool asked for, where one is. */
    default Optional<String> namedPool() {
        return switch (this) {
            case FromPool from -> Optional.of(from.pool);
            case ExactlyFromPool exactly -> Optional.of(exactly.pool);
            case Any _, Exactly _ -> Optional.empty();
        };
    }
}
