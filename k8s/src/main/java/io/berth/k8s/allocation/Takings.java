package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.Cluster.Writers;
import io.berth.k8s.resource.Service;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What is about to be taken from services that still ask for an address. To give, a process needs a promise in the pool's book, and gets
 * none where it knows too little; to take, it would need nobody. So nothing is taken but on the strength of a look at everything that
 * began after that was decided: where several write, a picture may be one in which the former holder of an address is not gone yet, or
 * in which a pool has not grown yet.
 *
 * <p>Belongs to the loop's thread.
 */
final class Takings {

    private record Taking(ServiceKey service, Set<InetAddress> addresses) {}

    private final Writers writers;

    /** What was decided before the last look, and has been decided ever since. */
    private final Set<Taking> lookedFor = new HashSet<>();

    Takings(Writers writers) {
        this.writers = writers;
    }

    /** Whether what was decided on the service takes nothing from it, or was decided before the last look already. */
    boolean areSure(Service service, Decided decided) {
        return writers == Writers.THIS_ONE
                || taking(service, decided).map(lookedFor::contains).orElse(true);
    }

    /** Everything is about to be looked at. */
    void lookFor(Allocations allocations) {
        for (Decided decided : allocations.all()) {
            allocations
                    .service(decided.service())
                    .flatMap(service -> taking(service, decided))
                    .ifPresent(lookedFor::add);
        }
    }

    /** Something else may have been decided. */
    void follow(Allocations allocations) {
        lookedFor.removeIf(taking -> !isDecided(taking, allocations));
    }

    private static boolean isDecided(Taking taking, Allocations allocations) {
        return allocations
                .service(taking.service)
                .flatMap(service -> allocations.decided(taking.service).flatMap(decided -> taking(service, decided)))
                .equals(Optional.of(taking));
    }

    void forgetAll() {
        lookedFor.clear();
    }

    private static Optional<Taking> taking(Service service, Decided decided) {
        if (decided instanceof Decided.NotLoadBalancer) {
            return Optional.empty();
        }
        return Statuses.patch(service, decided)
                .map(status -> new Taking(decided.service(), Set.copyOf(Statuses.lost(service, status))))
                .filter(taking -> !taking.addresses.isEmpty());
    }
}
