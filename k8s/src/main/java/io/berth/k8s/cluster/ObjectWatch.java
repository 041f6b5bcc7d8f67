package io.berth.k8s.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.BasicItemStore;
import java.net.HttpURLConnection;
import tools.jackson.databind.node.ObjectNode;

/**
 * Watches the objects of one kind and tells of each, as a tree; lists them again by itself when the API server has forgotten where
 * the watch was. Of what it tells it keeps names and versions only.
 */
final class ObjectWatch implements AutoCloseable {

    /** Hears of the objects of one kind, on threads of the client's; an implementation hands on and returns. */
    interface Listener {
        void put(ApiKind kind, ObjectNode tree);

        void removed(ApiKind kind, ObjectNode tree);

        /** All that there were have been told of. */
        void listed(ApiKind kind);

        /** The API server does not know the kind: there are none. That can change. */
        void unknown(ApiKind kind);

        /** They cannot be listed or watched for now; it is tried again. */
        void failing(ApiKind kind, String problem);
    }

    private final ApiKind kind;
    private final Listener listener;
    private final SharedIndexInformer<GenericKubernetesResource> informer;

    ObjectWatch(ApiKind kind, String namespace, KubernetesClient client, Listener listener) {
        this.kind = kind;
        this.listener = listener;
        var all = client.genericKubernetesResources(kind.context());
        this.informer = switch (kind.home()) {
            case CLUSTER -> all.runnableInformer(0);
            case ANY_NAMESPACE -> all.inAnyNamespace().runnableInformer(0);
            case OWN_NAMESPACE ->
                kind == ApiKind.SECRET
                        ? all.inNamespace(namespace)
                                .withField("type", "kubernetes.io/basic-auth")
                                .runnableInformer(0)
                        : all.inNamespace(namespace).runnableInformer(0);
        };
    }

    /** Begins; returns at once. */
    void start() {
        var _ = informer.removeNamespaceIndex()
                .itemStore(new Names())
                .addEventHandler(new Handler())
                .exceptionHandler((_, problem) -> {
                    failed(problem);
                    return true;
                })
                .start();
    }

    private void failed(Throwable problem) {
        if (problem instanceof KubernetesClientException e && e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            listener.unknown(kind);
        } else {
            listener.failing(kind, Problems.text(problem));
        }
    }

    @Override
    public void close() {
        informer.stop();
    }

    private final class Handler implements ResourceEventHandler<GenericKubernetesResource> {
        @Override
        public void onAdd(GenericKubernetesResource object) {
            listener.put(kind, ApiObjects.tree(object, kind));
        }

        @Override
        public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
            listener.put(kind, ApiObjects.tree(object, kind));
        }

        @Override
        public void onDelete(GenericKubernetesResource object, boolean wasMissed) {
            listener.removed(kind, ApiObjects.tree(object, kind));
        }

        @Override
        public void onList(String resourceVersion, boolean remainedEmpty) {
            listener.listed(kind);
        }
    }

    /** What the informer compares by; everything else is kept once, as the records that it was decoded to. */
    private static final class Names extends BasicItemStore<GenericKubernetesResource> {
        Names() {
            super(object -> object.getMetadata().getNamespace() + "/"
                    + object.getMetadata().getName());
        }

        /** So the informer tells of what it was sent, and never of what is kept here. */
        @Override
        public boolean isFullState() {
            return false;
        }

        @Override
        public GenericKubernetesResource put(String key, GenericKubernetesResource object) {
            GenericKubernetesResource stub = new GenericKubernetesResource();
            stub.setKind(object.getKind());
            stub.setApiVersion(object.getApiVersion());
            stub.setMetadata(new ObjectMetaBuilder()
                    .withNamespace(object.getMetadata().getNamespace())
                    .withName(object.getMetadata().getName())
                    .withUid(object.getMetadata().getUid())
                    .withResourceVersion(object.getMetadata().getResourceVersion())
                    .build());
            return super.put(key, stub);
        }
    }
}
