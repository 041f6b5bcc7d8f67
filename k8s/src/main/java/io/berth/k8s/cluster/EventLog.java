package io.berth.k8s.cluster;

import io.berth.k8s.cluster.Cluster.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The events of a directory's cluster, in {@code .berth/events.yaml}: the latest thousand, each with how often it happened. */
final class EventLog {

    private static final int KEPT = 1000;
    private static final YAMLMapper YAML = new YAMLMapper();

    private record Seen(int count, Instant first, Instant last) {}

    private final Path file;
    private final Map<Event, Seen> events = new LinkedHashMap<>();

    EventLog(Path directory) {
        this.file = directory.resolve("events.yaml");
    }

    void add(Event event, Instant now) {
        Seen before = events.remove(event);
        events.put(event, before == null ? new Seen(1, now, now) : new Seen(before.count + 1, before.first, now));
        if (events.size() > KEPT) {
            events.remove(events.keySet().iterator().next());
        }
    }

    void write() throws IOException {
        ArrayNode list = YAML.createArrayNode();
        events.forEach((event, seen) -> list.addObject()
                .put("object", event.object())
                .put("type", event.type().toString())
                .put("reason", event.reason())
                .put("message", event.message())
                .put("count", seen.count)
                .put("firstTimestamp", seen.first.toString())
                .put("lastTimestamp", seen.last.toString()));
        StatusStore.put(file, YAML.writeValueAsString(list));
    }
}
