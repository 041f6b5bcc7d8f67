package io.berth.k8s.advertisement;

import io.berth.bgp.AddressLiteral;
import java.net.InetAddress;
import java.util.List;

/** Why a node does not announce a service, or one of its addresses. In the order in which it is looked at. */
public sealed interface Withheld {

    /** For the owner of the service. */
    String message();

    /** It is not of type LoadBalancer, and never was announced. */
    record NotLoadBalancer() implements Withheld {
        @Override
        public String message() {
            return "the service is not of type LoadBalancer";
        }
    }

    /** Another load balancer looks after it. */
    record OtherClass(String loadBalancerClass) implements Withheld {
        @Override
        public String message() {
            return loadBalancerClass.isEmpty()
                    ? "the service names no loadBalancerClass, and only those of a class are served here"
                    : "the service is of loadBalancerClass " + loadBalancerClass + ", which is not served here";
        }
    }

    /** Its status has no address. */
    record NoAddress() implements Withheld {
        @Override
        public String message() {
            return "the service has no address yet";
        }
    }

    /** The address is nobody's to announce. */
    record InNoPool(InetAddress address) implements Withheld {
        @Override
        public String message() {
            return AddressLiteral.of(address) + " is in no IPAddressPool";
        }
    }

    /** No advertisement selects the pool. */
    record PoolNotAdvertised(InetAddress address, String pool) implements Withheld {
        @Override
        public String message() {
            return AddressLiteral.of(address) + " is from pool " + pool + ", which no BGPAdvertisement selects";
        }
    }

    /** The advertisements of the pool are for other nodes. */
    record NodeNotSelected(InetAddress address, List<String> advertisements, String node) implements Withheld {
        @Override
        public String message() {
            return AddressLiteral.of(address) + " is not announced from node " + node + ": the nodeSelectors of "
                    + named(advertisements) + " do not match its labels";
        }
    }

    /** The advertisements of the pool are for other services. */
    record ServiceNotSelected(InetAddress address, List<String> advertisements) implements Withheld {
        @Override
        public String message() {
            return AddressLiteral.of(address) + " is not announced: the serviceSelectors of " + named(advertisements)
                    + " do not match the labels of the service";
        }
    }

    /** The node is taken out of load balancing. */
    record NodeExcluded(String node) implements Withheld {
        @Override
        public String message() {
            return "node " + node + " is labelled node.kubernetes.io/exclude-from-external-load-balancers";
        }
    }

    /** The node has no network. */
    record NetworkUnavailable(String node) implements Withheld {
        @Override
        public String message() {
            return "node " + node + " has the condition NetworkUnavailable";
        }
    }

    /** {@code externalTrafficPolicy: Local}, and nobody here who answers. */
    record NoLocalEndpoint(String node) implements Withheld {
        @Override
        public String message() {
            return "externalTrafficPolicy is Local, and node " + node + " has no ready endpoint of the service";
        }
    }

    /** Nobody anywhere answers. */
    record NoEndpoint() implements Withheld {
        @Override
        public String message() {
            return "the service has no ready endpoint";
        }
    }

    /** There is nobody to tell. */
    record NoPeer(InetAddress address, List<String> advertisements, String node) implements Withheld {
        @Override
        public String message() {
            return AddressLiteral.of(address) + " has nobody to be announced to: of the BGPPeers of node " + node
                    + ", none is among those of " + named(advertisements) + " and exchanges its family";
        }
    }

    /** "NoEndpoint", for scripts. */
    default String reason() {
        return getClass().getSimpleName();
    }

    private static String named(List<String> advertisements) {
        return (advertisements.size() == 1 ? "BGPAdvertisement " : "BGPAdvertisements ")
                + String.join(", ", advertisements);
    }
}
