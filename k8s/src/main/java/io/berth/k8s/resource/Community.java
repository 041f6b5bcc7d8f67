package io.berth.k8s.resource;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Community (metallb.io/v1beta1): names for values. */
public record Community(ObjectMeta meta, Map<String, String> aliases) implements Resource {

    public Community {
        aliases = Map.copyOf(aliases);
    }

    static Community from(ObjectMeta meta, Fields root) {
        Fields spec = root.object("spec");
        Map<String, String> aliases = new LinkedHashMap<>();
        List<Fields> entries = spec.objects("communities");
        for (Fields entry : entries) {
            String name = entry.text("name", "");
            String value = entry.text("value", "");
            entry.done();
            if (!Communities.mayBeAlias(name)) {
                entry.error("name", "must be a name, got '" + name + "'");
            }
            if (!Communities.isValue(value)) {
                entry.error("value", "must be N:N or large:N:N:N, got '" + value + "'");
            }
            if (aliases.putIfAbsent(name, value) != null) {
                entry.error("name", "is there twice, got '" + name + "'");
            }
        }
        spec.done();
        return new Community(meta, aliases);
    }
}
