package io.berth.k8s.lint;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Services that hold one address without having agreed to share it. */
final class DuplicateAddresses {

    private DuplicateAddresses() {}

    static List<Warning> in(ClusterState state) {
        List<Warning> warnings = new ArrayList<>();
        Map<InetAddress, Service> holders = new HashMap<>();
        for (Service service : state.services()) {
            if (service.type() != Service.Type.LOAD_BALANCER) {
                continue;
            }
            for (InetAddress address : service.ingress()) {
                Service holder = holders.putIfAbsent(address, service);
                if (holder != null && !share(holder, service)) {
                    warnings.add(new Warning(
                            Reason.DUPLICATE_ADDRESS,
                            service.reference(),
                            "holds " + address.getHostAddress()
                                    + ", which another service holds as well without sharing it; the older keeps it:"
                                    + " let this one ask for another, or give both one metallb.io/allow-shared-ip"));
                }
            }
        }
        return warnings;
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
