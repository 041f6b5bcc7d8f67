package io.berth.k8s.cluster;

import io.berth.k8s.board.StatusBoard;
import io.berth.k8s.board.StatusTarget;
import io.berth.k8s.board.Wanted.Origin;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Statuses on an API server. A kind that it does not know has none, and nothing is written there. */
public final class KubernetesStatuses implements StatusBoard {

    /** Enough for one answer; the API server says where the next begins. */
    private static final long PAGE = 500;

    private final KubernetesClient client;
    private final MergePatches patches;
    private final String namespace;
    private final Leisure leisure = new Leisure();

    public KubernetesStatuses(KubernetesApi api) {
        this(api.writing(), api.namespace());
    }

    /** @param namespace of the configuration */
    KubernetesStatuses(KubernetesClient client, String namespace) {
        this.client = client;
        this.patches = new MergePatches(client);
        this.namespace = namespace;
    }

    private static ResourceDefinitionContext context(String kind) {
        return switch (kind) {
            case "BGPSession" -> context(kind, "berth.io", "v1alpha1", "bgpsessions");
            case "ServiceBGPStatus" -> context(kind, "metallb.io", "v1beta1", "servicebgpstatuses");
            case "ConfigurationState" -> context(kind, "metallb.io", "v1beta1", "configurationstates");
            default -> ApiKind.of(kind).context();
        };
    }

    private static ResourceDefinitionContext context(String kind, String group, String version, String plural) {
        return new ResourceDefinitionContext.Builder()
                .withKind(kind)
                .withGroup(group)
                .withVersion(version)
                .withPlural(plural)
                .withNamespaced(true)
                .build();
    }

    private NonNamespaceOperation<
                    GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            all(String kind) {
        return client.genericKubernetesResources(context(kind)).inNamespace(namespace);
    }

    private Resource<GenericKubernetesResource> object(StatusTarget target) {
        return all(target.kind()).withName(target.name());
    }

    private interface Request<T> {
        T make();
    }

    /** What it comes to; {@code otherwise} where there is no such object, or kind. */
    private static <T> T answer(String what, T otherwise, Request<T> request) throws IOException {
        try {
            return request.make();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return otherwise;
            }
            throw new IOException(what + ": " + Problems.text(e), e);
        }
    }

    @Override
    public Optional<Map<String, JsonNode>> standing(String kind, String label) throws IOException {
        return answer("the statuses of " + kind, Optional.empty(), () -> {
            int equals = label.indexOf('=');
            var labelled = equals < 0
                    ? all(kind)
                    : all(kind).withLabel(label.substring(0, equals), label.substring(equals + 1));
            Map<String, JsonNode> statuses = new HashMap<>();
            String next = null;
            do {
                GenericKubernetesResourceList page = labelled.list(new ListOptionsBuilder()
                        .withLimit(PAGE)
                        .withContinue(next)
                        .build());
                page.getItems().forEach(item -> statuses.put(item.getMetadata().getName(), status(item)));
                next = page.getMetadata().getContinue();
            } while (next != null && !next.isEmpty());
            return Optional.of(statuses);
        });
    }

    private JsonNode status(GenericKubernetesResource item) {
        return client.getKubernetesSerialization()
                .convertValue(item, ObjectNode.class)
                .path("status");
    }

    @Override
    public Optional<JsonNode> write(StatusTarget target, Origin origin, JsonNode standing, ObjectNode wanted)
            throws IOException {
        ObjectNode patch = JsonNodeFactory.instance.objectNode().set("status", replacing(standing, wanted));
        String status = ApiKind.path(context(target.kind()), namespace, target.name()) + "/status";
        return answer(target.toString(), Optional.empty(), atLeisure(() -> {
            if (standing.isMissingNode() && origin instanceof Origin.Berth ours) {
                make(target, ours);
            }
            try {
                return Optional.of(patches.apply(status, patch).path("status"));
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND || !(origin instanceof Origin.Berth ours)) {
                    throw e;
                }
                make(target, ours);
                return Optional.of(patches.apply(status, patch).path("status"));
            }
        }));
    }

    /** A merge patch only takes away what it names. */
    private static ObjectNode replacing(JsonNode standing, ObjectNode wanted) {
        ObjectNode patch = wanted.deepCopy();
        standing.propertyNames().stream().filter(name -> !wanted.has(name)).forEach(patch::putNull);
        return patch;
    }

    /** There is such an object then. */
    private void make(StatusTarget target, Origin.Berth origin) {
        GenericKubernetesResource made = new GenericKubernetesResource();
        ResourceDefinitionContext context = context(target.kind());
        made.setKind(target.kind());
        made.setApiVersion(context.getGroup() + "/" + context.getVersion());
        made.setMetadata(new ObjectMetaBuilder()
                .withNamespace(namespace)
                .withName(target.name())
                .withLabels(origin.labels())
                .build());
        if (!origin.node().isEmpty()) {
            Node owner = client.nodes().withName(origin.node()).get();
            if (owner != null) {
                made.addOwnerReference(new OwnerReferenceBuilder()
                        .withApiVersion("v1")
                        .withKind("Node")
                        .withName(origin.node())
                        .withUid(owner.getMetadata().getUid())
                        .build());
            }
        }
        try {
            var _ = all(target.kind()).resource(made).create();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw e;
            }
        }
    }

    @Override
    public void remove(StatusTarget target) throws IOException {
        answer(target.toString(), true, atLeisure(() -> {
            var _ = object(target).delete();
            return true;
        }));
    }

    private <T> Request<T> atLeisure(Request<T> request) {
        return () -> {
            try (var _ = leisure.turn()) {
                return request.make();
            }
        };
    }

    @Override
    public void hurry() {
        leisure.hurry();
    }

    @Override
    public void close() {
        client.close();
    }
}
