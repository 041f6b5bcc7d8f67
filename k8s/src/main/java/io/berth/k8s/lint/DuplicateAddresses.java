package io.berth.k8s.lint;

import io.berth.allocator.Address;
import io.berth.allocator.Pools;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Addresses of ours that several services hold without having agreed to share them. */
final class DuplicateAddresses {

    private DuplicateAddresses() {}

    /**
     * One warning for each such address.
     *
     * @param services that are ours; one of them may still have an address that somebody else gave, which is none of our business
     */
    static List<Warning> among(List<Service> services, Pools pools) {
        List<Warning> warnings = new ArrayList<>();
        contested(services).forEach((address, holders) -> {
            if (pools.owning(Address.of(address)).isPresent()) {
                warnings.add(warning(address, holders));
            }
        });
        return warnings;
    }

    /** All who hold an address that one of them does not share with the first. */
    private static Map<InetAddress, List<Service>> contested(List<Service> services) {
        Map<InetAddress, Service> first = new HashMap<>();
        Map<InetAddress, List<Service>> contested = new LinkedHashMap<>();
        for (Service service : services) {
            for (InetAddress address : Set.copyOf(service.ingress())) {
                Service holder = first.putIfAbsent(address, service);
                if (holder != null && !share(holder, service)) {
                    contested.put(address, new ArrayList<>());
                }
            }
        }
        services.forEach(service -> service.ingress().stream()
                .distinct()
                .filter(contested::containsKey)
                .forEach(address ->
                        contested.getOrDefault(address, new ArrayList<>()).add(service)));
        return contested;
    }

    /** The oldest keeps it, and with it those that share it with the oldest; of the others the oldest is named. */
    private static Warning warning(InetAddress address, List<Service> holders) {
        List<Service> byAge = holders.stream()
                .sorted(Comparator.comparing(service -> service.meta().creationTimestamp()))
                .toList();
        List<Service> without = byAge.stream()
                .skip(1)
                .filter(service -> !share(byAge.getFirst(), service))
                .toList();
        return without.size() == 1
                ? new Warning(
                        Reason.DUPLICATE_ADDRESS,
                        without.getFirst().reference(),
                        "holds " + address.getHostAddress()
                                + ", which another service holds as well without sharing it; the older keeps it: let"
                                + " this one ask for another, or give both one metallb.io/allow-shared-ip")
                : new Warning(
                        Reason.DUPLICATE_ADDRESS,
                        without.getFirst().reference(),
                        "holds " + address.getHostAddress() + ", which " + without.size()
                                + " other services hold as well without sharing it; the oldest keeps it: let the others"
                                + " ask for another, or give all of them one metallb.io/allow-shared-ip");
    }

    private static boolean share(Service one, Service other) {
        String key = one.meta().metallbAnnotation("allow-shared-ip");
        boolean reaches = one.meta().namespace().equals(other.meta().namespace())
                || sharesAcrossNamespaces(one) && sharesAcrossNamespaces(other);
        return reaches && !key.isEmpty() && key.equals(other.meta().metallbAnnotation("allow-shared-ip"));
    }

    private static boolean sharesAcrossNamespaces(Service service) {
        return service.meta()
                .annotations()
                .getOrDefault(Service.SHARE_ACROSS_NAMESPACES, "")
                .equals("true");
    }
}
