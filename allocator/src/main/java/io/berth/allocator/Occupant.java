package io.berth.allocator;

import java.util.ArrayList;
import java.util.List;

/** Whoever keeps an address from being free. */
sealed interface Occupant permits Holding, Occupant.Sharers, Occupant.SetAside {

    /** Several services that share it by rule. */
    record Sharers(List<Holding> holdings) implements Occupant {
        public Sharers {
            holdings = List.copyOf(holdings);
        }
    }

    /** Nobody, but somebody may come back for it. */
    record SetAside() implements Occupant {}

    /** Those that have the address. */
    default List<Holding> holders() {
        return switch (this) {
            case Holding holding -> List.of(holding);
            case Sharers(List<Holding> holdings) -> holdings;
            case SetAside _ -> List.of();
        };
    }

    /** Whether those that have the address let a service come to use it, too. */
    default boolean opensTo(Request request) {
        return holders().stream().allMatch(holding -> holding.opensTo(request));
    }

    /** Whether they let a service go on using it that does already. */
    default boolean goesOnWith(Request request) {
        return holders().stream().allMatch(holding -> holding.goesOnWith(request));
    }

    /** Whether a service of the namespace has the address, apart from this one. */
    default boolean isOf(String namespace, ServiceKey except) {
        return switch (this) {
            case Holding holding -> holding.isOf(namespace, except);
            case Sharers(List<Holding> holdings) ->
                holdings.stream().anyMatch(holding -> holding.isOf(namespace, except));
            case SetAside _ -> false;
        };
    }

    /** With one more that has the address. */
    default Occupant and(Holding another) {
        List<Holding> together = new ArrayList<>(holders());
        together.add(another);
        return together.size() == 1 ? another : new Sharers(together);
    }

    /** Without one that has it. */
    default List<Holding> without(ServiceKey service) {
        return switch (this) {
            case Holding _, SetAside _ -> List.of();
            case Sharers(List<Holding> holdings) ->
                holdings.stream()
                        .filter(holding -> !holding.request().service().equals(service))
                        .toList();
        };
    }
}
