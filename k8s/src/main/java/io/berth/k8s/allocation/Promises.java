package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.Allocator;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Tenure;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What pools promise to services. An address is promised in the pool's book first, and then written on the service as it was when
 * the promise was made, and on no later version of it.
 *
 * <p>A promise that stands in a book binds every process, the one that made it too: the address is nobody else's until the service is
 * seen to be another than it was. By then it has the address, or nobody can give it that by this promise any more.
 *
 * <p>Belongs to one thread.
 */
final class Promises {

    private final Allocator allocator;

    /** That stand in a book and are not settled. */
    private final Map<ServiceKey, Set<Tenure.Promised>> open = new HashMap<>();

    /** That have to stand in one, before services get what was decided. */
    private final Map<ServiceKey, List<Tenure.Promised>> wanted = new LinkedHashMap<>();

    /** That stand on services which are not to have them, or not any more. */
    private final Map<ServiceKey, Set<Address>> standing = new HashMap<>();

    Promises(Allocator allocator) {
        this.allocator = allocator;
    }

    /** A book says that this was promised, by whomever; {@code present} is the service as it is. */
    void read(Tenure.Promised promise, Optional<Service> present) {
        if (isOpen(promise, present)) {
            open.computeIfAbsent(promise.service(), _ -> new LinkedHashSet<>()).add(promise);
            allocator.promise(promise.address(), promise.service());
        }
    }

    private static boolean isOpen(Tenure.Promised promise, Optional<Service> present) {
        return present.filter(service -> service.meta().resourceVersion().equals(promise.version()))
                .isPresent();
    }

    /** A service has come, is another than it was, or is gone. Whether addresses came free by that. */
    boolean settle(ServiceKey key, Optional<Service> present) {
        Set<Tenure.Promised> those = open.getOrDefault(key, Set.of());
        List<Tenure.Promised> over =
                those.stream().filter(promise -> !isOpen(promise, present)).toList();
        over.forEach(those::remove);
        if (those.isEmpty()) {
            open.remove(key);
        }
        return letGo(key, over.stream().map(Tenure.Promised::address).toList());
    }

    /**
     * These addresses stand on a service that is not to have them: nobody else gets them before they are seen to stand there no more.
     * Whether others came free by that.
     */
    boolean stand(ServiceKey key, Collection<Address> addresses) {
        Set<Address> before = addresses.isEmpty() ? standing.remove(key) : standing.put(key, Set.copyOf(addresses));
        addresses.forEach(address -> allocator.promise(address, key));
        return before != null
                && letGo(
                        key,
                        before.stream()
                                .filter(address -> !addresses.contains(address))
                                .toList());
    }

    /** Those of the addresses for which nothing speaks any more are kept for the service no longer. Whether there are any. */
    private boolean letGo(ServiceKey key, List<Address> addresses) {
        List<Address> free = addresses.stream()
                .filter(address -> !standing.getOrDefault(key, Set.of()).contains(address))
                .filter(address -> open.getOrDefault(key, Set.of()).stream()
                        .noneMatch(promise -> promise.address().equals(address)))
                .toList();
        free.forEach(address -> allocator.withdraw(address, key));
        return !free.isEmpty();
    }

    /** The service may have given up in the allocator what is kept for it. */
    void uphold(ServiceKey key) {
        open.getOrDefault(key, Set.of()).forEach(promise -> allocator.promise(promise.address(), key));
        standing.getOrDefault(key, Set.of()).forEach(address -> allocator.promise(address, key));
    }

    /** A service is to have these addresses besides those that it has. Whether anything else has to be promised for that than before. */
    boolean want(Service present, Collection<Address> more) {
        ServiceKey key = present.meta().key();
        List<Tenure.Promised> now = more.stream()
                .map(address -> new Tenure.Promised(key, address, present.meta().resourceVersion()))
                .toList();
        boolean isOther = !now.equals(wantedBy(key));
        if (now.isEmpty()) {
            wanted.remove(key);
        } else {
            wanted.put(key, now);
        }
        return isOther;
    }

    /** A service is to have nothing more. Whether it was. */
    boolean wantNothing(ServiceKey key) {
        return wanted.remove(key) != null;
    }

    /** What has to stand in a book before the service can be given what was decided. */
    List<Tenure.Promised> wantedBy(ServiceKey key) {
        return wanted.getOrDefault(key, List.of());
    }

    /** All that has to stand in the books: what is open, then what is wanted, in the order of the decisions. */
    Collection<Tenure.Promised> all() {
        Set<Tenure.Promised> all = new LinkedHashSet<>();
        open.values().forEach(all::addAll);
        wanted.values().forEach(all::addAll);
        return all;
    }
}
