package io.berth.k8s.status;

import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.Decoded;
import io.berth.k8s.resource.ResourceDecoder;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Objects as they come from manifests. */
final class Decoding {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Decoding() {}

    /** The BGPPeer tor-1 with this spec, in YAML's flow style. */
    static BGPPeer peer(String spec) {
        Decoded decoded = ResourceDecoder.decode(YAML.readTree("""
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: tor-1, namespace: metallb-system}
            spec: {%s}
            """.formatted(spec)), "");
        return (BGPPeer) ((Decoded.Usable) decoded).resource();
    }
}
