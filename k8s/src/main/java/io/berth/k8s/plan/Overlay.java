package io.berth.k8s.plan;

import io.berth.allocator.Scope;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Namespace;
import io.berth.k8s.resource.ObjectMeta;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Service;
import io.berth.k8s.resource.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A world once manifests have been applied to it, as {@code kubectl apply} does: an object of theirs takes the place of the one of
 * its kind and name, or is added; nothing is deleted. What is not for a manifest to say stays as it is: the status and the age of a
 * service, the cluster IPs that it was given, and what the cluster and Berth themselves write on an object.
 */
final class Overlay {

    private Overlay() {}

    static ClusterState of(ClusterState today, ClusterState manifests) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        today.resources().forEach(resource -> resources.put(resource.reference(), resource));
        Set<String> applied = new HashSet<>();
        for (Resource manifest : manifests.resources()) {
            String reference = manifest.reference();
            Resource standing = resources.get(reference);
            resources.put(reference, standing == null ? created(manifest) : replacing(standing, manifest));
            applied.add(reference);
        }
        List<Warning> warnings = new ArrayList<>(today.warnings());
        warnings.removeIf(warning -> applied.contains(warning.object()));
        warnings.addAll(manifests.warnings());
        return new ClusterState(
                        List.copyOf(resources.values()),
                        warnings,
                        Stream.concat(today.errors().stream(), manifests.errors().stream())
                                .toList())
                .hiding(today.hidden());
    }

    /** A service that is new has no status yet, and is younger than all that are there. */
    private static Resource created(Resource manifest) {
        return manifest instanceof Service service
                ? service(service, aged(service.meta(), ObjectMeta.AGELESS), service)
                        .with(List.of(), "")
                : manifest;
    }

    private static Resource replacing(Resource standing, Resource manifest) {
        return switch (manifest) {
            case Service service
            when standing instanceof Service before ->
                service(service, aged(service.meta(), before.meta().creationTimestamp()), before)
                        .with(before.ingress(), before.allocatedFromPool());
            case Namespace namespace -> named(namespace, standing.meta().labels());
            case IPAddressPool pool when standing instanceof IPAddressPool before -> pool.with(before.tenuresText());
            default -> manifest;
        };
    }

    private static ObjectMeta aged(ObjectMeta meta, Instant creation) {
        return new ObjectMeta(
                meta.namespace(), meta.name(), meta.labels(), meta.annotations(), creation, meta.resourceVersion());
    }

    /** The families stay those of the cluster IPs that it has, unless the manifest says otherwise. */
    private static Service service(Service manifest, ObjectMeta meta, Service before) {
        boolean staysAsItWas = manifest.clusterIps().isEmpty() && manifest.ipFamilyPolicy() == before.ipFamilyPolicy();
        return new Service(
                meta,
                manifest.type(),
                staysAsItWas ? before.clusterIps() : manifest.clusterIps(),
                manifest.ipFamilies().isEmpty() ? before.ipFamilies() : manifest.ipFamilies(),
                manifest.ipFamilyPolicy(),
                manifest.loadBalancerIp(),
                manifest.loadBalancerClass(),
                manifest.externalTrafficPolicy(),
                manifest.selector(),
                manifest.ports(),
                manifest.ingress());
    }

    /** The API server labels every namespace with its name. */
    private static Namespace named(Namespace manifest, Map<String, String> before) {
        ObjectMeta meta = manifest.meta();
        String name = before.get(Scope.NAMESPACE_NAME);
        if (name == null) {
            return manifest;
        }
        Map<String, String> labels = new HashMap<>(meta.labels());
        labels.put(Scope.NAMESPACE_NAME, name);
        return new Namespace(
                new ObjectMeta(
                        meta.namespace(),
                        meta.name(),
                        labels,
                        meta.annotations(),
                        meta.creationTimestamp(),
                        meta.resourceVersion()),
                manifest.fence(),
                manifest.quota());
    }
}
