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
 * Writes events to an API server, one after the other and behind everything else: they tell people what happened, and nothing
 * waits for them. One that happened before is counted on. While the API server is away the oldest are let go.
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

    private final KubernetesClient client;
    private final MergePatches patches;
    private final String ownNamespace;
    private final String component;
    private final String instance;
    private final ThreadPoolExecutor thread;

    /** How often each has been told; belongs to the thread. */
    private final Map<Told, Integer> counts = new LinkedHashMap<>();

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
        try {
            if (!counts.containsKey(told) || !countOn(told, about, now)) {
                create(told, about, now);
            }
        } catch (KubernetesClientException e) {
            LOG.debug("event not written: object={} reason={}", told.event.object(), told.event.reason(), e);
        }
    }

    private void create(Told told, ObjectReference about, Instant now) {
        try {
            var _ = client.v1()
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
            remember(told, 1);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
            // Told by a process before this one; it says how often when it is touched.
            int before = patched(told, about, patch(now)).path("count").asInt(1);
            remember(told, before);
            countOn(told, about, now);
        }
    }

    /** Whether there was one to count on: the API server forgets events after a while. */
    private boolean countOn(Told told, ObjectReference about, Instant now) {
        int count = counts.getOrDefault(told, 0) + 1;
        try {
            var _ = patched(told, about, patch(now).put("count", count));
            remember(told, count);
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return false;
            }
            throw e;
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

    private void remember(Told told, int count) {
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

    /** The same for the same event, whichever process tells it. */
    private String name(Told told, ObjectReference about) {
        String name = about.getName();
        return (name.length() > 200 ? name.substring(0, 200) : name) + "."
                + Integer.toHexString((told.toString() + component + instance).hashCode());
    }

    @Override
    public void close() {
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
