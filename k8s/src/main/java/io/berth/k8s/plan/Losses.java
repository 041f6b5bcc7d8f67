package io.berth.k8s.plan;

import io.berth.allocator.Address;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.resource.IPAddressPool;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Why services lose what they had. A decision says why a service has what it has, or nothing; that is half of the story. */
final class Losses {

    private final List<IPAddressPool> pools;
    private final Set<Address> inUse = new HashSet<>();

    /** @param pools that there are afterwards */
    Losses(List<IPAddressPool> pools, Plan after) {
        this.pools = pools;
        after.services().forEach(decided -> inUse.addAll(decided.addresses()));
    }

    /** What a decision says, and what it does not say of the addresses that the service had and has no more. */
    String message(Decided decided, List<Address> had) {
        String message = ServiceTree.message(decided);
        return switch (decided) {
            case Decided.Considered _, Decided.Unclear _ ->
                Stream.concat(
                                Stream.of(message),
                                had.stream()
                                        .filter(address -> !decided.addresses().contains(address))
                                        .flatMap(address -> why(address, had, decided).stream())
                                        .filter(why -> !message.contains(why)))
                        .collect(Collectors.joining("; "));
            case Decided.NotLoadBalancer _, Decided.NotOurs _ -> message;
        };
    }

    private Optional<String> why(Address lost, List<Address> had, Decided decided) {
        if (pools.stream().noneMatch(pool -> pool.pool().owns(lost))) {
            return Optional.of("no pool owns " + lost + " any more");
        }
        if (inUse.contains(lost)) {
            return Optional.of(lost + " is in use by another service that had it first or does not share it");
        }
        return decided.addresses().stream().anyMatch(had::contains)
                ? Optional.of("the service has no " + lost.family() + " cluster IP any more")
                : Optional.empty();
    }
}
