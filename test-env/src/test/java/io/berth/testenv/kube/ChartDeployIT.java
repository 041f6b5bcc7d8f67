package io.berth.testenv.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart, as a real API server takes it. */
class ChartDeployIT {

    private static final ApiServer SERVER = ApiServer.shared();

    /** Every option there is, set to what it is not by default. */
    private static final String[] ALL = {
        "--set=image.repository=example/berth",
        "--set=image.digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "--set=image.pullPolicy=Always",
        "--set=imagePullSecrets[0].name=pull",
        "--set=fullnameOverride=other",
        "--set=commonLabels.team=platform",
        "--set=loadBalancerClass=berth.io/bgp",
        "--set=outOfScope=reassign",
        "--set=debug=true",
        "--set=controller.replicas=3",
        "--set=controller.port=8472",
        "--set=controller.javaOpts=-Xmx400m -Xlog:gc",
        "--set=controller.extraArgs[0]=--no-leader-elect",
        "--set-json=controller.extraEnv=[{\"name\": \"TZ\", \"value\": \"UTC\"}]",
        "--set=controller.podLabels.tier=infra",
        "--set=controller.podAnnotations.note=yes",
        "--set=controller.nodeSelector.role=infra",
        "--set-json=controller.tolerations=[{\"operator\": \"Exists\"}]",
        "--set-json=controller.affinity={\"nodeAffinity\": {}}",
        "--set=controller.serviceAccount.annotations.note=yes",
        "--set=speaker.host=::",
        "--set=speaker.port=8472",
        "--set=speaker.listen=:179",
        "--set=speaker.ignoreExcludeLB=true",
        "--set=speaker.aggregateLocal=true",
        "--set=speaker.drainSeconds=20",
        "--set=speaker.maxUnavailable=10%",
        "--set=speaker.javaOpts=-Xmx100m",
        "--set-json=speaker.affinity={\"nodeAffinity\": {}}",
        "--set-string=rbac.viewRole.labels.reader=true",
        "--set-json=networkPolicy.ingressFrom=[{\"namespaceSelector\": {}}]",
        "--set=networkPolicy.restrictEgress=true",
        "--set=monitoring.podMonitor.enabled=true",
        "--set=monitoring.podMonitor.labels.release=prometheus",
        "--set=monitoring.podMonitor.interval=30s",
        "--set=monitoring.serviceMonitor.enabled=true",
        "--set=monitoring.serviceMonitor.interval=1m"
    };

    private final KubernetesClient client = Cluster.client(SERVER.kubeconfig());
    private final String namespace = Cluster.newNamespace(client);

    @BeforeAll
    static void defineKinds() {
        Chart.applyDefinitions(SERVER);
        for (String kind : List.of("PodMonitor", "ServiceMonitor")) {
            String singular = kind.toLowerCase(Locale.ROOT);
            SERVER.apply("""
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata: {name: %2$ss.monitoring.coreos.com}
                spec:
                  group: monitoring.coreos.com
                  scope: Namespaced
                  names: {kind: %1$s, plural: %2$ss, singular: %2$s}
                  versions:
                    - name: v1
                      served: true
                      storage: true
                      schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
                """.formatted(kind, singular));
            SERVER.kubectl("wait", "--for=condition=Established", "crd/" + singular + "s.monitoring.coreos.com");
        }
    }

    @AfterEach
    void closeClient() {
        client.close();
    }

    @Test
    void itsDefaultsAreTakenAndTakenAgainUnchanged() {
        Chart.apply(SERVER, Chart.rendered(namespace));
        String generation = controller().getMetadata().getGeneration() + "/"
                + speaker().getMetadata().getGeneration();

        Chart.apply(SERVER, Chart.rendered(namespace));

        assertThat(controller().getMetadata().getGeneration() + "/"
                        + speaker().getMetadata().getGeneration())
                .isEqualTo(generation);
        assertThat(controller().getSpec().getReplicas()).isEqualTo(2);
        assertThat(containerOf(speakerPod()).getArgs())
                .containsExactly("speaker", "--http=127.0.0.1:7472", "--namespace=" + namespace);
        assertThat(containerOf(controllerPod()).getArgs())
                .containsExactly("controller", "--http=:7472", "--out-of-scope=keep", "--namespace=" + namespace);
    }

    @Test
    void everyOptionThereIsTogetherIsTaken() {
        String manifests = Chart.rendered(namespace, ALL).replace("name: other", "name: " + namespace + "-other");

        Chart.apply(SERVER, manifests, "--dry-run=server");
    }

    @Test
    void theManifestsForKubectlAreWhatTheChartGives() {
        Command.of(Chart.DEPLOY.resolve("render").toString(), "--check").output("");
    }

    @Test
    void kubectlAppliesTheManifestsAsTheyAre() {
        SERVER.kubectl(
                "apply",
                "--validate=strict",
                "--filename=" + Chart.DEPLOY.resolve("crds"),
                "--filename=" + Chart.DEPLOY.resolve("manifests/berth.yaml"));

        assertThat(SERVER.kubectl("get", "deployments,daemonsets", "--namespace=metallb-system", "--output=name")
                        .lines())
                .contains("deployment.apps/berth-controller", "daemonset.apps/berth-speaker");
    }

    @Test
    void helmInstallsAndUpgradesAndLeavesTheDefinitionsBehind() {
        try (ApiServer fresh = ApiServer.start()) {
            Chart.helm(fresh, "install", "berth", "--namespace=berth-system", "--create-namespace");
            assertThat(replicas(fresh)).isEqualTo("2");

            Chart.helm(fresh, "upgrade", "berth", "--namespace=berth-system", "--set=controller.replicas=3");
            assertThat(replicas(fresh)).isEqualTo("3");
            // As the notes say: an upgrade does not touch them.
            Chart.applyDefinitions(fresh);

            Chart.helm(fresh, "uninstall", "berth", "--namespace=berth-system");
            assertThat(fresh.kubectl("get", "clusterroles,clusterrolebindings", "--output=name"))
                    .doesNotContain("berth");
            assertThat(fresh.kubectl("get", "crds", "--output=name").lines())
                    .hasSize(Chart.definitions().size());
        }
    }

    private static String replicas(ApiServer server) {
        return server.kubectl(
                "get",
                "deployment",
                "berth-controller",
                "--namespace=berth-system",
                "--output=jsonpath={.spec.replicas}");
    }

    @Test
    void theConfigurationMayLiveInAnotherNamespace() {
        String other = Cluster.newNamespace(client);

        Chart.apply(SERVER, Chart.rendered(namespace, "--set=configNamespace=" + other));

        assertThat(SERVER.kubectl("get", "roles", "--output=name", "--namespace", namespace))
                .isEmpty();
        assertThat(SERVER.kubectl("get", "roles", "--output=name", "--namespace", other)
                        .lines())
                .hasSize(2);
        assertThat(containerOf(speakerPod()).getArgs()).contains("--namespace=" + other);
    }

    @Test
    void theControllerIsWhatTheStrictestPodSecurityAsksFor() {
        warnOfWhatIsNotRestricted();

        // With nothing but the Deployment, since a warning is an error.
        Chart.apply(SERVER, Chart.rendered(namespace, "--show-only=templates/controller.yaml"), "--warnings-as-errors");
    }

    @Test
    void ofPodSecurityTheSpeakerWantsNothingButTheNetworkOfItsNode() {
        warnOfWhatIsNotRestricted();

        Throwable refusal = catchThrowable(() -> Chart.apply(
                SERVER, Chart.rendered(namespace, "--show-only=templates/speaker.yaml"), "--warnings-as-errors"));

        assertThat(violations(String.valueOf(refusal.getMessage())))
                .contains("hostNetwork=true")
                .doesNotContain("capabilities", "runAsNonRoot", "seccompProfile", "allowPrivilegeEscalation", "volume");
    }

    private void warnOfWhatIsNotRestricted() {
        SERVER.kubectl("label", "namespace", namespace, "pod-security.kubernetes.io/warn=restricted");
    }

    private static String violations(String message) {
        return Pattern.compile("would violate PodSecurity .*")
                .matcher(message)
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElse(message);
    }

    @ParameterizedTest
    @CsvSource({"'',true,''", ":1790,true,''", ":179,,NET_BIND_SERVICE", "[::]:179,,NET_BIND_SERVICE"})
    void aSpeakerIsRootOnlyToListenBelow1024(String listen, Boolean nonRoot, String capability) {
        Chart.apply(SERVER, Chart.rendered(namespace, "--set=speaker.listen=" + listen));

        assertThat(speakerPod().getSecurityContext().getRunAsNonRoot()).isEqualTo(nonRoot);
        var capabilities = containerOf(speakerPod()).getSecurityContext().getCapabilities();
        assertThat(capabilities.getDrop()).containsExactly("ALL");
        assertThat(String.join(",", capabilities.getAdd())).isEqualTo(capability);
    }

    @ParameterizedTest
    @CsvSource({"0,10,''", "45,55,--drain=45"})
    void aSpeakerIsGivenTheTimeToLeaveThatItTakes(int drain, long grace, String argument) {
        Chart.apply(SERVER, Chart.rendered(namespace, "--set=speaker.drainSeconds=" + drain));

        assertThat(speakerPod().getTerminationGracePeriodSeconds()).isEqualTo(grace);
        assertThat(containerOf(speakerPod()).getArgs().stream().filter(word -> word.startsWith("--drain")))
                .containsExactlyElementsOf(argument.isEmpty() ? List.of() : List.of(argument));
    }

    @Test
    void whoMonitorsIsToldAtOnceOfAllThatKeepsPrometheusOut() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Chart.rendered(namespace, "--set=monitoring.podMonitor.enabled=true"))
                .withMessageContainingAll("speaker.host: ", "networkPolicy.ingressFrom: ");
    }

    @Test
    void withoutAPolicyNobodyHasToBeLetIn() {
        String manifests = Chart.rendered(
                namespace,
                "--set=monitoring.podMonitor.enabled=true",
                "--set=networkPolicy.enabled=false",
                "--set=speaker.host=::");

        assertThat(manifests.lines()).filteredOn("kind: PodMonitor"::equals).hasSize(2);
    }

    /** Each is refused, and the message names what is wrong. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        controler.replicas=2                   | additional properties 'controler' not allowed
        controller.replica=2                   | additional properties 'replica' not allowed
        controller.replicas=0                  | /controller/replicas
        controller.port=70000                  | /controller/port
        controller.resources.limits.memory=much | /controller/resources/limits/memory
        controller.extraArgs[0]=debug          | /controller/extraArgs/0
        outOfScope=drop                        | /outOfScope
        loadBalancerClass=not a class          | /loadBalancerClass
        configNamespace=Team_A                 | /configNamespace
        image.digest=latest                    | /image/digest
        speaker.listen=179                     | /speaker/listen
        speaker.host=eth0                      | /speaker/host
        speaker.drainSeconds=3601              | /speaker/drainSeconds
        speaker.maxUnavailable=0               | /speaker/maxUnavailable
        speaker.tolerations=all                | /speaker/tolerations
        monitoring.podMonitor.enabled=yes      | /monitoring/podMonitor/enabled
        monitoring.podMonitor.interval=often   | /monitoring/podMonitor/interval
        monitoring.podMonitor.enabled=true     | speaker.host: speakers that listen on 127.0.0.1 only cannot be scraped
        monitoring.podMonitor.enabled=true,speaker.host=::         | networkPolicy.ingressFrom: controllers that nobody may reach
        monitoring.serviceMonitor.enabled=true,speaker.host=0.0.0.0 | networkPolicy.ingressFrom: controllers that nobody may reach
        monitoring.serviceMonitor.enabled=true,networkPolicy.enabled=false | speaker.host: speakers that listen on 127.0.0.1
        """)
    void aValueThatCannotWorkIsRefusedByName(String value, String told) {
        assertThatIllegalStateException()
                .isThrownBy(() -> Chart.rendered(namespace, "--set=" + value))
                .withMessageContaining(told);
    }

    private Deployment controller() {
        return client.apps()
                .deployments()
                .inNamespace(namespace)
                .list()
                .getItems()
                .getFirst();
    }

    private DaemonSet speaker() {
        return client.apps()
                .daemonSets()
                .inNamespace(namespace)
                .list()
                .getItems()
                .getFirst();
    }

    private PodSpec controllerPod() {
        return controller().getSpec().getTemplate().getSpec();
    }

    private PodSpec speakerPod() {
        return speaker().getSpec().getTemplate().getSpec();
    }

    private static Container containerOf(PodSpec pod) {
        return Objects.requireNonNull(pod.getContainers().getFirst());
    }
}
