package io.berth.k8s.resource;

import io.berth.allocator.ServiceKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * What every object says of itself.
 *
 * @param namespace empty for objects that live in none
 * @param creationTimestamp {@link #AGELESS} where the object has none: it counts as younger than all that have one
 * @param resourceVersion empty where the object has none
 */
public record ObjectMeta(
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        Instant creationTimestamp,
        String resourceVersion) {

    public static final Instant AGELESS = Instant.MAX;

    public ObjectMeta {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    public ServiceKey key() {
        return new ServiceKey(namespace, name);
    }

    /** The value of an annotation of MetalLB's, under its present prefix or, where that is absent, the former one. */
    public String metallbAnnotation(String name) {
        String present = annotations.get("metallb.io/" + name);
        return present != null ? present : annotations.getOrDefault("metallb.universe.tf/" + name, "");
    }

    public ObjectMeta withResourceVersion(String version) {
        return new ObjectMeta(namespace, name, labels, annotations, creationTimestamp, version);
    }

    public ObjectMeta withAnnotation(String key, String value) {
        var changed = new HashMap<>(annotations);
        changed.put(key, value);
        return new ObjectMeta(namespace, name, labels, changed, creationTimestamp, resourceVersion);
    }

    public ObjectMeta withoutAnnotation(String key) {
        var changed = new HashMap<>(annotations);
        changed.remove(key);
        return new ObjectMeta(namespace, name, labels, changed, creationTimestamp, resourceVersion);
    }
}
