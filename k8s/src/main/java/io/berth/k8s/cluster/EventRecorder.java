package io.berth.k8s.cluster;

import io.berth.k8s.cluster.Cluster.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardOldestPolicy;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes events to an API server, one after the other and at leisure: they tell people what happened, and nothing waits for
 * them. One that happened before is counted on. While the API server is away the oldest are let go.
 */
final class EventRecorder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    /** As many as wait in an outage. */
    private static final int WAITING = 16_384;

    /** As many as are remembered to be counted on. */
    private static final int REMEMBERED = 2_048;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** An event about an object that there is. */
    private record Told(Event event, String uid) {}

    /**
     * How often it has been told.
     *
     * @param version of the event that says so: once another process has counted on, this count is out of date
     */
    private record Count(int times, String version) {}

    private final KubernetesClient client;
    private final MergePatches patches;
    private final String ownNamespace;
    private final String component;
    private final String instance;
    private final ThreadPoolExecutor thread;
    private final Leisure leisure = new Leisure();

    /** How often each has been told; belongs to the thread. */
    private final Map<Told, Count> counts = new LinkedHashMap<>();

    /**
     * @param ownNamespace where the configuration is
     * @param component    "berth-controller"
     * @param instance     which of them: the pod or the node
     */
    EventRecorder(KubernetesClient client, String ownNamespace, String component, String instance) {
        this.client = client;
        this.patches = new MergePatches(client);
        this.ownNamespace = ownNamespace;
        this.component = component;
        this.instance = instance;
        this.thread = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(WAITING),
                Thread.ofPlatform().name("events").daemon().factory(),
                new DiscardOldestPolicy());
    }

    /**
     * Tells it some time soon.
     *
     * @param uid of the object; by that people are shown what happened to it
     */
    void tell(Event event, String uid, Instant now) {
        Told told = new Told(event, uid);
        thread.execute(() -> write(told, about(told), now));
    }

    private ObjectReference about(Told told) {
        String[] parts = told.event.object().split("/");
        ApiKind kind = ApiKind.of(parts[0]);
        ObjectReference about = new ObjectReference();
        about.setKind(kind.kind());
        about.setApiVersion(kind.apiVersion());
        about.setUid(told.uid);
        about.setName(parts[parts.length - 1]);
        about.setNamespace(
                switch (kind.home()) {
                    case CLUSTER -> null;
                    case ANY_NAMESPACE -> parts[1];
                    case OWN_NAMESPACE -> ownNamespace;
                });
        return about;
    }

    private void write(Told told, ObjectReference about, Instant now) {
        try (var _ = leisure.turn()) {
            Count before = counts.get(told);
            if (before == null || !countOn(told, about, before, now)) {
                create(told, about, now);
            }
        } catch (KubernetesClientException e) {
            LOG.debug("event not written: object={} reason={}", told.event.object(), told.event.reason(), e);
        }
    }

    private void create(Told told, ObjectReference about, Instant now) {
        try {
            var event = client.v1()
                    .events()
                    .resource(new EventBuilder()
                            .withNewMetadata()
                            .withNamespace(namespace(about))
                            .withName(name(told, about))
                            .endMetadata()
                            .withInvolvedObject(about)
                            .withType(told.event.type().toString())
                            .withReason(told.event.reason())
                            .withMessage(told.event.message())
                            .withCount(1)
                            .withFirstTimestamp(time(now))
                            .withLastTimestamp(time(now))
                            .withNewSource()
                            .withComponent(component)
                            .withHost(instance)
                            .endSource()
                            .withReportingComponent(component)
                            .withReportingInstance(instance)
                            .build())
                    .create();
            remember(told, new Count(1, event.getMetadata().getResourceVersion()));
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Told by a process before this one.
            var _ = countOn(told, about, before(told, about, now), now);
        }
    }

    /** How often an event says that it has been told; it does when it is touched. */
    private Count before(Told told, ObjectReference about, Instant now) {
        return count(patched(told, about, patch(now)));
    }

    private static Count count(ObjectNode event) {
        return new Count(
                event.path("count").asInt(1),
                event.path("metadata").path("resourceVersion").asString(""));
    }

    /** Whether there was one to count on: the API server forgets events after a while. */
    private boolean countOn(Told told, ObjectReference about, Count before, Instant now) {
        ObjectNode patch = patch(now).put("count", before.times + 1);
        patch.putObject("metadata").put("resourceVersion", before.version);
        try {
            remember(told, count(patched(told, about, patch)));
            return true;
        } catch (KubernetesClientException e) {
            return switch (e.getCode()) {
                case HttpURLConnection.HTTP_NOT_FOUND -> false;
                case HttpURLConnection.HTTP_CONFLICT -> countOn(told, about, before(told, about, now), now);
                default -> throw e;
            };
        }
    }

    private static ObjectNode patch(Instant now) {
        return JsonNodeFactory.instance.objectNode().put("lastTimestamp", time(now));
    }

    private ObjectNode patched(Told told, ObjectReference about, ObjectNode patch) {
        return patches.apply("/api/v1/namespaces/" + namespace(about) + "/events/" + name(told, about), patch);
    }

    private static String time(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void remember(Told told, Count count) {
        counts.remove(told);
        counts.put(told, count);
        if (counts.size() > REMEMBERED) {
            counts.remove(counts.keySet().iterator().next());
        }
    }

    /** Events about objects in no namespace live in "default", as those of the kubelet do. */
    private static String namespace(ObjectReference about) {
        return about.getNamespace() == null ? "default" : about.getNamespace();
    }

    /**
     * The same for the same event, whichever process of the component tells it: one that was started again counts on. What is told
     * of a node names it, so that speakers do not count for each other.
     */
    private String name(Told told, ObjectReference about) {
        String name = about.getName();
        return (name.length() > 200 ? name.substring(0, 200) : name) + "."
                + Integer.toHexString((told + component).hashCode());
    }

    @Override
    public void close() {
        leisure.hurry();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
