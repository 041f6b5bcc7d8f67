package io.berth.testenv.kube;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The fixture is the real thing: each of these is what a mock lets pass, or does in a way of its own. */
class ApiServerIT {

    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;

    private final ApiServer server = ApiServer.shared();
    private final KubernetesClient client = Cluster.client(server.kubeconfig());
    private final String namespace = Cluster.newNamespace(client);

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void aKindOfItsOwnIsServedAndCheckedOnceItsDefinitionIsApplied() {
        server.apply("""
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: buoys.test.berth.io}
            spec:
              group: test.berth.io
              scope: Namespaced
              names: {kind: Buoy, plural: buoys, singular: buoy}
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      properties:
                        spec:
                          type: object
                          properties:
                            colour: {type: string, enum: [red, green], default: red}
                            depth: {type: integer}
            """);
        server.kubectl("wait", "--for=condition=Established", "crd/buoys.test.berth.io");

        GenericKubernetesResource created = client.resource(buoy("{depth: 7}")).create();

        assertThat(created.<String>get("spec", "colour")).isEqualTo("red");
        assertRefused(
                UNPROCESSABLE, () -> client.resource(buoy("{colour: blue}")).create());
    }

    private GenericKubernetesResource buoy(String spec) {
        String manifest = """
            apiVersion: test.berth.io/v1
            kind: Buoy
            metadata: {namespace: %s, generateName: buoy-}
            spec: %s
            """.formatted(namespace, spec);
        return client.getKubernetesSerialization().unmarshal(manifest, GenericKubernetesResource.class);
    }

    @Test
    void aServiceOfBothFamiliesGetsAClusterIpOfEach() {
        Service asked = new ServiceBuilder(Workload.loadBalancer(namespace, "web"))
                .editSpec()
                .withIpFamilyPolicy("RequireDualStack")
                .endSpec()
                .build();

        Service created = client.resource(asked).create();

        assertThat(created.getSpec().getIpFamilies()).containsExactly("IPv4", "IPv6");
        assertThat(created.getSpec().getClusterIPs())
                .map(InetAddress::ofLiteral)
                .hasExactlyElementsOfTypes(Inet4Address.class, Inet6Address.class);
        assertThat(created.getSpec().getPorts().getFirst().getNodePort()).isPositive();
    }

    @Test
    void aStatusWrittenOnWhatHasChangedSinceIsAConflict() {
        Service seen = client.resource(Workload.loadBalancer(namespace, "web")).create();
        Service first = client.resource(withAddress(seen, "198.51.100.1")).updateStatus();

        assertRefused(
                CONFLICT,
                () -> client.resource(withAddress(seen, "198.51.100.2")).updateStatus());
        client.resource(withAddress(first, "198.51.100.3")).updateStatus();

        assertThat(client.resource(seen).get().getStatus().getLoadBalancer().getIngress())
                .extracting("ip")
                .containsExactly("198.51.100.3");
    }

    @Test
    void statusAndSpecAreWrittenApart() {
        Service seen = client.resource(Workload.loadBalancer(namespace, "web")).create();
        Service both = new ServiceBuilder(withAddress(seen, "198.51.100.1"))
                .editSpec()
                .withExternalTrafficPolicy("Local")
                .endSpec()
                .build();

        Service updated = client.resource(both).updateStatus();

        assertThat(updated.getStatus().getLoadBalancer().getIngress()).hasSize(1);
        assertThat(updated.getSpec().getExternalTrafficPolicy()).isEqualTo("Cluster");
    }

    private static Service withAddress(Service service, String address) {
        return new ServiceBuilder(service)
                .editStatus()
                .withNewLoadBalancer()
                .addNewIngress()
                .withIp(address)
                .endIngress()
                .endLoadBalancer()
                .endStatus()
                .build();
    }

    @Test
    void aUserMayDoWhatTheRolesOfItsGroupsSayAndNothingElse() {
        client.resource(Workload.loadBalancer(namespace, "web")).create();
        server.apply(readersOfServices(
                "{kind: Group, name: %s-readers, apiGroup: rbac.authorization.k8s.io}".formatted(namespace)));

        try (KubernetesClient jane = client(server.kubeconfigFor("jane", namespace + "-readers"))) {
            eventually(() -> assertThat(
                            jane.services().inNamespace(namespace).list().getItems())
                    .hasSize(1));
            assertRefused(
                    FORBIDDEN, () -> jane.services().inNamespace("default").list());
            assertRefused(
                    FORBIDDEN,
                    () -> jane.resource(Workload.loadBalancer(namespace, "another"))
                            .create());
        }
        try (KubernetesClient joe = client(server.kubeconfigFor("joe"))) {
            assertRefused(FORBIDDEN, () -> joe.services().inNamespace(namespace).list());
        }
    }

    @Test
    void aServiceAccountMayDoWhatItsRolesSayAndNothingElse() {
        server.kubectl("create", "serviceaccount", "speaker", "--namespace", namespace);
        server.apply(readersOfServices("{kind: ServiceAccount, name: speaker}"));

        try (KubernetesClient speaker = client(server.kubeconfigForServiceAccount(namespace, "speaker"))) {
            eventually(() -> assertThat(
                            speaker.services().inNamespace(namespace).list().getItems())
                    .isEmpty());
            assertThatThrownBy(() -> speaker.services().inNamespace("default").list())
                    .hasMessageContaining("system:serviceaccount:" + namespace + ":speaker");
        }
    }

    private static KubernetesClient client(Path kubeconfig) {
        return Cluster.client(kubeconfig);
    }

    private String readersOfServices(String subject) {
        return """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {namespace: %1$s, name: reader}
            rules:
              - {apiGroups: [""], resources: [services], verbs: [get, list, watch]}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {namespace: %1$s, name: readers}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
            subjects: [%2$s]
            """.formatted(namespace, subject);
    }

    @Test
    void whatKubectlSaysOfAMistakeIsTold() {
        assertThatThrownBy(() -> server.kubectl("get", "service", "nowhere", "--namespace", namespace))
                .hasMessageContaining("services \"nowhere\" not found");
    }

    private static void assertRefused(int code, ThrowingCallable request) {
        assertThatExceptionOfType(KubernetesClientException.class)
                .isThrownBy(request)
                .extracting(KubernetesClientException::getCode)
                .isEqualTo(code);
    }
}
