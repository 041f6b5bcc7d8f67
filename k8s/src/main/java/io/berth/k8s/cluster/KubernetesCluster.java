package io.berth.k8s.cluster;

import io.berth.bgp.AddressLiteral;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Secret;
import io.berth.k8s.resource.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Kubernetes cluster that is watched. Its state is told once every kind has been listed, and from then on with every change; an
 * outage of the API server leaves it as it was.
 *
 * <p>One thread owns what is known. Writes go out on threads of their own, each under the condition that the object is still the
 * one that the decision was made on; what the API server answers is taken in at once, without waiting for the watch.
 */
public final class KubernetesCluster implements Cluster {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesCluster.class);
    private static final JsonMapper JSON = new JsonMapper();

    /** What a process has to know of the cluster. */
    public enum View {
        /** Where services are answered is nothing to a controller, and passwords are not either. */
        CONTROLLER,
        /** Who may draw from a pool was decided by the controller. */
        SPEAKER,
        BOTH;

        private Set<ApiKind> kinds() {
            return switch (this) {
                case CONTROLLER -> EnumSet.complementOf(EnumSet.of(ApiKind.SECRET, ApiKind.ENDPOINT_SLICE));
                case SPEAKER -> EnumSet.complementOf(EnumSet.of(ApiKind.NAMESPACE, ApiKind.L2_ADVERTISEMENT));
                case BOTH -> EnumSet.allOf(ApiKind.class);
            };
        }

        /** The kinds that others refer to, of which this view shows nothing. */
        private Set<Class<? extends Resource>> hidden() {
            return kinds().contains(ApiKind.SECRET) ? Set.of() : Set.of(Secret.class);
        }
    }

    private final BooleanSupplier mayWrite;
    private final String ownNamespace;
    private final KubernetesClient reading;
    private final KubernetesClient writing;
    private final MergePatches patches;
    private final EventRecorder events;
    private final List<ObjectWatch> watches;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("cluster").daemon().factory());
    private final ExecutorService writers = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("write-", 0).factory());

    // What follows belongs to the thread.
    private final ObservedObjects objects;
    private final Map<ApiKind, String> unlisted = new EnumMap<>(ApiKind.class);
    private Listener listener = (_, _) -> {};

    private volatile ClusterState state = ClusterState.EMPTY;
    private volatile List<String> unready;

    /**
     * @param component "berth-controller": who events are from
     * @param instance  which of them
     * @param mayWrite  asked before each write to a Service or pool; from any thread
     */
    public KubernetesCluster(
            KubernetesApi api, View view, String component, String instance, BooleanSupplier mayWrite) {
        this.mayWrite = mayWrite;
        this.ownNamespace = api.namespace();
        this.objects = new ObservedObjects(view.hidden());
        this.reading = api.reading();
        this.writing = api.writing();
        this.patches = new MergePatches(writing);
        this.events = new EventRecorder(writing, api.namespace(), component, instance);
        view.kinds().forEach(kind -> unlisted.put(kind, "not listed yet"));
        this.unready = reasons();
        this.watches = view.kinds().stream()
                .map(kind -> new ObjectWatch(kind, api.namespace(), reading, new Hearing()))
                .toList();
    }

    /** Begins to watch and returns at once; the first that the listener hears is the whole. */
    @Override
    public void start(Listener hearing) {
        thread.execute(() -> listener = hearing);
        watches.forEach(ObjectWatch::start);
    }

    @Override
    public ClusterState state() {
        return state;
    }

    @Override
    public Writers writers() {
        return Writers.SEVERAL;
    }

    @Override
    public List<String> unready() {
        return unready;
    }

    private List<String> reasons() {
        return unlisted.entrySet().stream()
                .map(entry -> "cluster: " + entry.getKey().plural() + ": " + entry.getValue())
                .toList();
    }

    // A state that nothing was said of is the same one.
    @SuppressWarnings("ReferenceEquality")
    private void become() {
        ClusterState now = objects.state();
        if (unlisted.isEmpty() && now != state) {
            ClusterState before = state;
            state = now;
            listener.changed(before, now);
        }
    }

    /** What the watches tell, brought onto the thread. */
    private final class Hearing implements ObjectWatch.Listener {
        @Override
        public void put(ApiKind kind, ObjectNode tree) {
            thread.execute(() -> {
                objects.put(tree);
                become();
            });
        }

        @Override
        public void removed(ApiKind kind, ObjectNode tree) {
            thread.execute(() -> {
                objects.remove(tree);
                become();
            });
        }

        @Override
        public void listed(ApiKind kind) {
            thread.execute(() -> known(kind));
        }

        @Override
        public void unknown(ApiKind kind) {
            thread.execute(() -> {
                if (unlisted.containsKey(kind)) {
                    LOG.warn("the API server does not know {}: there are none until it does", kind.plural());
                    known(kind);
                }
            });
        }

        @Override
        public void failing(ApiKind kind, String problem) {
            thread.execute(() -> {
                if (unlisted.containsKey(kind)) {
                    // Where definitions were installed a moment ago every kind of them fails for the same reason.
                    if (!unlisted.containsValue(problem)) {
                        LOG.warn("cannot list kind={} problem=\"{}\"", kind.plural(), problem);
                    }
                    unlisted.put(kind, problem);
                    unready = reasons();
                }
            });
        }
    }

    private void known(ApiKind kind) {
        if (unlisted.remove(kind) != null) {
            unready = reasons();
            become();
        }
    }

    /**
     * Asks the API server itself for every Service and every pool as they are now: what a watch tells may be a moment old, and one watch
     * older than another. The pools come last, so that they are no older than what was given from them.
     */
    @Override
    public CompletionStage<Void> catchUp() {
        return CompletableFuture.supplyAsync(
                        () -> Stream.of(ApiKind.SERVICE, ApiKind.IP_ADDRESS_POOL)
                                .map(kind -> ApiObjects.list(kind, kind.pathFor(ownNamespace), reading))
                                .toList(),
                        writers)
                .thenAcceptAsync(
                        lists -> {
                            lists.forEach(objects::become);
                            become();
                        },
                        thread);
    }

    @Override
    public CompletionStage<Written> writeStatus(Service basis, List<InetAddress> addresses, String pool) {
        ObjectNode patch = patch(basis);
        ((ObjectNode) patch.get("metadata"))
                .putObject("annotations")
                .put(Service.POOL_ANNOTATION, pool.isEmpty() ? null : pool)
                .putNull(Service.FORMER_POOL_ANNOTATION);
        ObjectNode balancer = patch.putObject("status").putObject("loadBalancer");
        if (addresses.isEmpty()) {
            balancer.putNull("ingress");
        } else {
            ArrayNode ingress = balancer.putArray("ingress");
            addresses.forEach(address -> ingress.addObject().put("ip", AddressLiteral.of(address)));
        }
        return write(basis, path(ApiKind.SERVICE, basis) + "/status", patch);
    }

    @Override
    public CompletionStage<Written> writeTenures(IPAddressPool basis, String tenures) {
        ObjectNode patch = patch(basis);
        ((ObjectNode) patch.get("metadata"))
                .putObject("annotations")
                .put(IPAddressPool.TENURES_ANNOTATION, tenures.isEmpty() ? null : tenures);
        return write(basis, path(ApiKind.IP_ADDRESS_POOL, basis), patch);
    }

    /** A change of the object as it was, and of no other. */
    private static ObjectNode patch(Resource basis) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("metadata").put("resourceVersion", basis.meta().resourceVersion());
        return patch;
    }

    private static String path(ApiKind kind, Resource basis) {
        return kind.path(basis.meta().namespace(), basis.meta().name());
    }

    /** What an API server says to a write. */
    private sealed interface Answer {

        /** So the object is now. */
        record Done(ObjectNode tree) implements Answer {}

        enum Refusal implements Answer {
            /** It is another version. */
            CHANGED,
            /** There is no such object. */
            MISSING
        }
    }

    private CompletionStage<Written> write(Resource basis, String path, ObjectNode patch) {
        if (!mayWrite.getAsBoolean()) {
            return CompletableFuture.failedStage(new IllegalStateException("another process leads"));
        }
        return patches.send(path, patch)
                .<Answer>thenApply(Answer.Done::new)
                .exceptionally(KubernetesCluster::refusal)
                .thenApplyAsync(answer -> takeIn(answer, basis), thread);
    }

    private Written takeIn(Answer answer, Resource basis) {
        switch (answer) {
            case Answer.Done(ObjectNode tree) -> objects.put(tree);
            case Answer.Refusal.CHANGED -> {
                // The watch tells what it is now.
            }
            case Answer.Refusal.MISSING ->
                objects.missing(basis.reference(), basis.meta().resourceVersion());
        }
        become();
        return answer instanceof Answer.Done ? Written.DONE : Written.CONFLICT;
    }

    private static Answer refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause instanceof KubernetesClientException e ? e.getCode() : 0) {
            case HttpURLConnection.HTTP_CONFLICT -> Answer.Refusal.CHANGED;
            case HttpURLConnection.HTTP_NOT_FOUND -> Answer.Refusal.MISSING;
            default -> throw new CompletionException(cause);
        };
    }

    @Override
    public void event(Event event) {
        Instant now = Instant.now();
        thread.execute(() -> {
            String uid = objects.uid(event.object());
            if (!uid.isEmpty()) {
                events.tell(event, uid, now);
            }
        });
    }

    @Override
    public void close() {
        watches.forEach(ObjectWatch::close);
        events.close();
        thread.shutdown();
        writers.shutdown();
        writing.close();
        reading.close();
    }
}
