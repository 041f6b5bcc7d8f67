package io.berth.testenv.kube;

import java.nio.file.Path;

/** Manifests of MetalLB's kinds, and where the project's own are. */
final class Manifests {

    static final Path ROOT = Path.of(System.getProperty("berth.root"));

    /** Our definitions of the kinds. */
    static final Path CRDS = ROOT.resolve("k8s/deploy/crds");

    private Manifests() {}

    /** An object in {@code metallb-system} with this spec, in YAML's flow style. */
    static String metallb(String kind, String version, String name, String spec) {
        return """
            apiVersion: metallb.io/%s
            kind: %s
            metadata: {name: %s, namespace: metallb-system}
            spec: {%s}
            """.formatted(version, kind, name, spec);
    }

    /** The same in the version that is stored. */
    static String metallb(String kind, String name, String spec) {
        return metallb(kind, kind.equals("BGPPeer") ? "v1beta2" : "v1beta1", name, spec);
    }
}
