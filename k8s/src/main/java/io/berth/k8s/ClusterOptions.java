package io.berth.k8s;

import io.berth.k8s.board.StatusBoard;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.DirectoryCluster;
import io.berth.k8s.cluster.DirectoryStatuses;
import io.berth.k8s.cluster.KubernetesApi;
import io.berth.k8s.cluster.KubernetesCluster;
import io.berth.k8s.cluster.KubernetesCluster.View;
import io.berth.k8s.cluster.KubernetesStatuses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import picocli.CommandLine.Option;

/** Which cluster a process works for. */
final class ClusterOptions {

    private static final String KUBE = "kube";

    /** Where the world comes from. */
    sealed interface Chosen {

        /**
         * Opens it.
         *
         * @param view     what the process has to know of it
         * @param mayWrite asked before each write; from any thread
         */
        default Cluster open(View view, Identity identity, BooleanSupplier mayWrite) throws IOException {
            return switch (this) {
                case Kubernetes(KubernetesApi api) ->
                    new KubernetesCluster(api, view, identity.component(), identity.instance(), mayWrite);
                case Directory(Path path) -> new DirectoryCluster(path);
            };
        }

        /** Where statuses of the configuration are written. */
        default StatusBoard statuses() throws IOException {
            return switch (this) {
                case Kubernetes(KubernetesApi api) -> new KubernetesStatuses(api);
                case Directory(Path path) -> new DirectoryStatuses(path);
            };
        }

        /** An API server. */
        record Kubernetes(KubernetesApi api) implements Chosen {}

        /** A directory of manifests. */
        record Directory(Path path) implements Chosen {}
    }

    @Option(
            names = "--cluster",
            paramLabel = "kube|DIR",
            defaultValue = KUBE,
            description = {
                "kube: the API server that kubectl would ask, or the cluster that this runs in.",
                "DIR: a directory of manifests, watched for changes; statuses and events are written beside them, in"
                        + " DIR/.berth, and never into them (default: ${DEFAULT-VALUE})."
            })
    private String cluster = KUBE;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Where the metallb.io objects and the Secrets of peers are, and what Berth keeps of its own"
                    + " (default: the pod's own namespace; outside of a cluster " + KubernetesApi.USUAL_NAMESPACE
                    + ").")
    private String namespace = "";

    Chosen chosen() throws IOException {
        return cluster.equals(KUBE)
                ? new Chosen.Kubernetes(KubernetesApi.in(namespace))
                : new Chosen.Directory(Path.of(cluster));
    }

    /** As it was given, for logs. */
    @Override
    public String toString() {
        return cluster;
    }
}
