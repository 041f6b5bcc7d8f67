package io.berth.testenv.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** MetalLB as far as a cluster has it, without anybody who runs it: its definitions, workloads and webhooks. */
final class MetalLb {

    /** What it has of programs. There are no pods of them. */
    static final String WORKLOADS = Manifest.together("""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: controller, namespace: metallb-system}
        spec:
          selector: {matchLabels: {app: metallb, component: controller}}
          template:
            metadata: {labels: {app: metallb, component: controller}}
            spec: {containers: [{name: controller, image: example/controller}]}
        """, """
        apiVersion: apps/v1
        kind: DaemonSet
        metadata: {name: speaker, namespace: metallb-system}
        spec:
          selector: {matchLabels: {app: metallb, component: speaker}}
          template:
            metadata: {labels: {app: metallb, component: speaker}}
            spec:
              nodeSelector: {kubernetes.io/os: linux}
              containers: [{name: speaker, image: example/speaker}]
        """);

    /** Where speakers have others speak BGP for them, and for whoever else asks for it. */
    static final String FRR_K8S = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: frrconfigurations.frrk8s.metallb.io}
        spec:
          group: frrk8s.metallb.io
          scope: Namespaced
          names: {kind: FRRConfiguration, plural: frrconfigurations, singular: frrconfiguration}
          versions:
            - name: v1beta1
              served: true
              storage: true
              schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        """;

    private MetalLb() {}

    /** A folder that {@code kubectl -k} takes: its definitions. */
    static Path definitions() {
        try {
            Process fetched = new ProcessBuilder(Path.of(System.getProperty("berth.root"))
                            .resolve("test-env/metallb/crds")
                            .toString())
                    .start();
            return Path.of(fetched.inputReader().readAllAsString().strip()).resolve("crd");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What every write to its kinds has to pass. Nobody is there to answer, as when its controller is scaled away. */
    static String webhooks() {
        String webhooks = Stream.of(
                        "v1beta2 bgppeers UPDATE",
                        "v1beta1 ipaddresspools UPDATE",
                        "v1beta1 bgpadvertisements UPDATE",
                        "v1beta1 communities UPDATE",
                        "v1beta1 bfdprofiles DELETE",
                        "v1beta1 l2advertisements UPDATE")
                .map(webhook -> webhook(webhook.split(" ")))
                .collect(Collectors.joining());
        return """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingWebhookConfiguration
            metadata: {name: metallb-webhook-configuration}
            webhooks:
            """ + webhooks;
    }

    private static String webhook(String... words) {
        return """
              - name: %2$s.metallb.io
                admissionReviewVersions: [v1]
                sideEffects: None
                failurePolicy: Fail
                clientConfig:
                  service: {namespace: metallb-system, name: metallb-webhook-service, path: /%2$s}
                rules:
                  - apiGroups: [metallb.io]
                    apiVersions: [%1$s]
                    resources: [%2$s]
                    operations: [CREATE, %3$s]
            """.formatted((Object[]) words);
    }
}
