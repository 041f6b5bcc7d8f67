package io.berth.k8s.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.allocation.Given;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.cluster.Manifests;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.List;

/** What the lints find in a world out of short manifests. */
final class Found {

    private Found() {}

    static List<Warning> in(String... manifests) {
        ClusterState state = Given.world(manifests);
        return Lints.of(state, Configuration.of(state), "");
    }

    /** What they find in a world in which something is invalid, as a process that runs may have to live with it. */
    static List<Warning> inInvalid(String... manifests) {
        Manifests.Read read = Manifests.parse(String.join("\n---\n", manifests), "world.yaml");
        ClusterState state = Manifests.together(read.documents(), read.errors());
        assertThat(state.errors()).isNotEmpty();
        return Lints.of(state, Configuration.of(state), "");
    }

    /** A namespace that may draw from these pools only; from none that anybody could tell where they are empty. */
    static String fenced(String name, String labels, String pools) {
        return """
            apiVersion: v1
            kind: Namespace
            metadata: {name: %s, labels: {%s}, annotations: {berth.io/pools: '%s'}}
            """.formatted(name, labels, pools);
    }

    /** Those of one reason, as "OBJECT: MESSAGE". */
    static List<String> of(Reason reason, String... manifests) {
        return in(manifests).stream()
                .filter(warning -> warning.reason() == reason)
                .map(warning -> warning.object() + ": " + warning.message())
                .toList();
    }

    /** The only one of one reason, as "OBJECT: MESSAGE". */
    static String one(Reason reason, String... manifests) {
        List<String> found = of(reason, manifests);
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
