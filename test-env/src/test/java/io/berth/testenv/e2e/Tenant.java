package io.berth.testenv.e2e;

import io.berth.testenv.kube.ApiServer;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ServiceResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One who may edit the Services of one namespace, read the events there, and nothing else; and all that he typed. */
final class Tenant implements AutoCloseable {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final String namespace;
    private final KubernetesClient client;
    private final List<String> typed = new ArrayList<>();

    private Tenant(String namespace, KubernetesClient client) {
        this.namespace = namespace;
        this.client = client;
    }

    /** A new user with these rights in the namespace, which exists. */
    static Tenant of(ApiServer server, String namespace) {
        String user = "user-of-" + namespace;
        server.apply("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {namespace: %1$s, name: tenant}
            rules:
              - {apiGroups: [""], resources: [services], verbs: [get, list, watch, create, update, patch, delete]}
              - {apiGroups: [""], resources: [events], verbs: [get, list, watch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {namespace: %1$s, name: tenant}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: tenant}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: %2$s}]
            """.formatted(namespace, user));
        Config config = Config.fromKubeconfig(server.kubeconfigFor(user).toFile());
        return new Tenant(
                namespace, new KubernetesClientBuilder().withConfig(config).build());
    }

    KubernetesClient client() {
        return client;
    }

    /** Creates a Service with these annotations and this in its spec besides, both in YAML's flow style. */
    void creates(String name, String annotations, String spec) {
        creates(name, "", annotations, spec);
    }

    /** The same with labels. */
    void creates(String name, String labels, String annotations, String spec) {
        String manifest = """
            apiVersion: v1
            kind: Service
            metadata: {namespace: %s, name: %s, labels: {%s}, annotations: {%s}}
            spec: {type: LoadBalancer, ports: [{port: 8080}], %s}
            """.formatted(namespace, name, labels, annotations, spec);
        typed.add(manifest);
        client.resource(client.getKubernetesSerialization().unmarshal(manifest, Service.class))
                .create();
    }

    /** Changes a Service by this merge patch, in JSON whose quotes may be single ones. */
    void patches(String name, String patch) {
        typed.add(patch);
        service(name).patch(MERGE, patch.replace('\'', '"'));
    }

    /** Tries the same on its status. */
    void patchesStatus(String name, String patch) {
        typed.add(patch);
        service(name).subresource("status").patch(MERGE, patch.replace('\'', '"'));
    }

    void deletes(String name) {
        service(name).delete();
    }

    private ServiceResource<Service> service(String name) {
        return client.services().inNamespace(namespace).withName(name);
    }

    /** What the events about this Service say, the reason first. */
    List<String> told(String name) {
        return client.v1().events().inNamespace(namespace).list().getItems().stream()
                .filter(event -> event.getInvolvedObject().getName().equals(name))
                .map(Tenant::words)
                .toList();
    }

    private static String words(Event event) {
        return event.getReason() + ": " + event.getMessage();
    }

    /** Everything that he can read about this Service. */
    String reads(String name) {
        return client.getKubernetesSerialization().asJson(service(name).get())
                + told(name).stream().collect(Collectors.joining("\n", "\n", ""));
    }

    /** Whether he knows this word because he wrote it himself. */
    boolean wrote(String word) {
        return typed.stream().anyMatch(text -> text.contains(word));
    }

    void forgetsWhatHeWrote() {
        typed.clear();
    }

    @Override
    public void close() {
        client.close();
    }
}
