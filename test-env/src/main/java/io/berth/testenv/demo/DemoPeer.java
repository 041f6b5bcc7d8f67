package io.berth.testenv.demo;

/** The BGPPeer of the demo: the one manifest that depends on which router is at the other end. */
final class DemoPeer {

    static final long BERTH_AS = 64512;
    static final long ROUTER_AS = 64513;

    private DemoPeer() {}

    static String manifest(String address, int port) {
        return """
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata:
              name: tor-1
              namespace: metallb-system
            spec:
              myASN: %d
              peerASN: %d
              peerAddress: %s
              peerPort: %d
            """.formatted(BERTH_AS, ROUTER_AS, address, port);
    }
}
