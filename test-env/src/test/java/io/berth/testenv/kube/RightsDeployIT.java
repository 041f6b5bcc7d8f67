package io.berth.testenv.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart lets each of its accounts do: what it needs, and nothing else. */
class RightsDeployIT {

    private static final ApiServer SERVER = ApiServer.shared();
    private static final KubernetesClient CLIENT = Cluster.client(SERVER.kubeconfig());

    /** Where Berth is installed, and its release's name. */
    private static final String OWN = Cluster.newNamespace(CLIENT);

    private static final String TEAM = Cluster.newNamespace(CLIENT);

    @BeforeAll
    static void install() {
        Chart.applyDefinitions(SERVER);
        Chart.apply(SERVER, Chart.rendered(OWN, "--set=fullnameOverride=" + OWN));
        SERVER.kubectl("create", "serviceaccount", "nobody", "--namespace", OWN);
        SERVER.apply("""
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: %s}
            spec: {type: LoadBalancer, ports: [{port: 80}]}
            """.formatted(TEAM));
    }

    @AfterAll
    static void closeClient() {
        CLIENT.close();
    }

    @Test
    void everywhereTheControllerMayDoThisAndNoMore() {
        assertThat(rightsOf("controller", TEAM)).isEqualTo(rights("""
            get list watch    services namespaces nodes
            patch             services/status
            create patch      events
            """));
    }

    @Test
    void inItsNamespaceTheControllerMayBesidesDoThisAndNoMore() {
        assertThat(besidesIn(OWN, "controller")).isEqualTo(rights("""
            get list watch    ipaddresspools.metallb.io bgppeers.metallb.io bgpadvertisements.metallb.io
            get list watch    l2advertisements.metallb.io bfdprofiles.metallb.io communities.metallb.io
            patch             ipaddresspools.metallb.io ipaddresspools/status.metallb.io
            patch             bgppeers/status.metallb.io configurationstates/status.metallb.io
            list create       configurationstates.metallb.io
            create            leases.coordination.k8s.io
            get patch         leases.coordination.k8s.io:berth-controller
            """));
    }

    @Test
    void everywhereASpeakerMayDoThisAndNoMore() {
        assertThat(rightsOf("speaker", TEAM)).isEqualTo(rights("""
            get list watch    services nodes endpointslices.discovery.k8s.io
            create patch      events
            """));
    }

    @Test
    void inItsNamespaceASpeakerMayBesidesDoThisAndNoMore() {
        assertThat(besidesIn(OWN, "speaker")).isEqualTo(rights("""
            get list watch    ipaddresspools.metallb.io bgppeers.metallb.io bgpadvertisements.metallb.io
            get list watch    bfdprofiles.metallb.io communities.metallb.io secrets
            list create delete  servicebgpstatuses.metallb.io configurationstates.metallb.io bgpsessions.berth.io
            patch             servicebgpstatuses/status.metallb.io configurationstates/status.metallb.io
            patch             bgpsessions/status.berth.io
            """));
    }

    /** The same in the words of those who have to trust it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        controller | list   |                        | secrets                   | own  | no
        controller | get    |                        | secrets                   | team | no
        controller | patch  |                        | services                  | team | no
        controller | update |                        | services                  | team | no
        controller | delete |                        | services                  | team | no
        controller | patch  |                        | services/status           | team | yes
        controller | update |                        | services/status           | team | no
        controller | list   |                        | services                  | all  | yes
        controller | list   |                        | namespaces                | all  | yes
        controller | patch  |                        | namespaces                | all  | no
        controller | patch  |                        | nodes                     | all  | no
        controller | list   |                        | pods                      | own  | no
        controller | list   |                        | configmaps                | own  | no
        controller | create | metallb.io             | ipaddresspools            | own  | no
        controller | delete | metallb.io             | ipaddresspools            | own  | no
        controller | patch  | metallb.io             | ipaddresspools            | team | no
        controller | patch  | metallb.io             | bgppeers                  | own  | no
        controller | list   |                        | events                    | team | no
        controller | patch  | coordination.k8s.io    | leases                    | own  | no
        controller | delete | coordination.k8s.io    | leases                    | own  | no
        controller | create | coordination.k8s.io    | leases                    | team | no
        controller | list   | apiextensions.k8s.io   | customresourcedefinitions | all  | no
        controller | create | authentication.k8s.io  | tokenreviews              | all  | no
        controller | create |                        | serviceaccounts/token     | own  | no
        controller | create |                        | pods/exec                 | own  | no
        speaker    | list   |                        | secrets                   | own  | yes
        speaker    | list   |                        | secrets                   | team | no
        speaker    | list   |                        | secrets                   | all  | no
        speaker    | patch  |                        | secrets                   | own  | no
        speaker    | patch  |                        | services                  | team | no
        speaker    | patch  |                        | services/status           | team | no
        speaker    | list   |                        | namespaces                | all  | no
        speaker    | patch  |                        | nodes                     | all  | no
        speaker    | patch  |                        | nodes/status              | all  | no
        speaker    | patch  | metallb.io             | ipaddresspools            | own  | no
        speaker    | patch  | metallb.io             | bgppeers/status           | own  | no
        speaker    | create | berth.io               | bgpsessions               | own  | yes
        speaker    | create | berth.io               | bgpsessions               | team | no
        speaker    | get    | coordination.k8s.io    | leases                    | own  | no
        nobody     | list   | metallb.io             | ipaddresspools            | own  | no
        nobody     | list   | berth.io               | bgpsessions               | own  | no
        nobody     | list   |                        | services                  | team | no
        """)
    void mayOrMayNot(String who, String verb, String group, String resource, String where, String answer) {
        assertThat(isAllowed(who, verb, group == null ? "" : group, resource, where) ? "yes" : "no")
                .isEqualTo(answer);
    }

    private static boolean isAllowed(String who, String verb, String group, String resource, String where) {
        String[] parts = resource.split("/", 2);
        GenericKubernetesResource review = asked(CLIENT, """
            apiVersion: authorization.k8s.io/v1
            kind: SubjectAccessReview
            spec:
              user: system:serviceaccount:%1$s:%2$s
              groups: [system:serviceaccounts, "system:serviceaccounts:%1$s", system:authenticated]
              resourceAttributes: {verb: %3$s, group: "%4$s", resource: %5$s, subresource: "%6$s", namespace: "%7$s"}
            """.formatted(
                        OWN,
                        account(who),
                        verb,
                        group,
                        parts[0],
                        parts.length == 1 ? "" : parts[1],
                        where.equals("own") ? OWN : where.equals("team") ? TEAM : ""));
        return review.<Boolean>get("status", "allowed");
    }

    private static GenericKubernetesResource asked(KubernetesClient client, String review) {
        return client.resource(client.getKubernetesSerialization().unmarshal(review, GenericKubernetesResource.class))
                .create();
    }

    @Test
    void theControllerGivesAnAddressAndSaysFromWhichPoolInOneWriteOfTheStatus() {
        String patch = """
            {"metadata": {"annotations": {"metallb.io/ip-allocated-from-pool": "a"}},
             "spec": {"externalTrafficPolicy": "Local"},
             "status": {"loadBalancer": {"ingress": [{"ip": "198.51.100.1"}]}}}
            """;
        try (KubernetesClient controller = client("controller")) {
            controller
                    .services()
                    .inNamespace(TEAM)
                    .withName("web")
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), patch);
        }

        assertThat(SERVER.kubectl(
                        "get",
                        "service",
                        "web",
                        "--namespace",
                        TEAM,
                        "--output",
                        "jsonpath={.status.loadBalancer.ingress[0].ip}"
                                + " {.metadata.annotations.metallb\\.io/ip-allocated-from-pool}"
                                + " {.spec.externalTrafficPolicy}"))
                .isEqualTo("198.51.100.1 a Cluster");
    }

    @Test
    void neitherChangesAServiceItself() {
        for (String who : List.of("controller", "speaker")) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> SERVER.kubectl(
                            "label",
                            "service",
                            "web",
                            "note=own",
                            "--namespace",
                            TEAM,
                            "--as=system:serviceaccount:" + OWN + ":" + account(who)))
                    .withMessageContaining("cannot patch resource \"services\"");
        }
    }

    @Test
    void theRoleForReadersIsGivenToNobodyAndShowsNoSecret() {
        assertThat(SERVER.kubectl("get", "clusterrolebindings,rolebindings", "--all-namespaces", "--output=name"))
                .doesNotContain(OWN + "-view");
        assertThat(SERVER.kubectl("get", "clusterrole", OWN + "-view", "--output=jsonpath={.rules}{.metadata.labels}"))
                .contains("ipaddresspools", "bgpsessions")
                .doesNotContain("secrets", "aggregate-to", "patch", "create", "*");
    }

    private static KubernetesClient client(String who) {
        return Cluster.client(SERVER.kubeconfigForServiceAccount(OWN, account(who)));
    }

    private static String account(String who) {
        return who.equals("nobody") ? who : OWN + "-" + who;
    }

    /** What this account may do in this namespace, beyond what it may everywhere. */
    private static Set<String> besidesIn(String namespace, String who) {
        Set<String> rights = rightsOf(who, namespace);
        rights.removeAll(rightsOf(who, TEAM));
        return rights;
    }

    /** What this account may do in this namespace, beyond what every account may. */
    private static Set<String> rightsOf(String who, String namespace) {
        Set<String> rights = allRightsOf(who, namespace);
        rights.removeAll(allRightsOf("nobody", namespace));
        return rights;
    }

    private static Set<String> allRightsOf(String who, String namespace) {
        try (KubernetesClient client = client(who)) {
            GenericKubernetesResource review = asked(client, """
                apiVersion: authorization.k8s.io/v1
                kind: SelfSubjectRulesReview
                spec: {namespace: %s}
                """.formatted(namespace));
            assertThat(review.<Boolean>get("status", "incomplete")).isFalse();
            return review.<List<Map<String, List<String>>>>get("status", "resourceRules").stream()
                    .flatMap(RightsDeployIT::rights)
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Stream<String> rights(Map<String, List<String>> rule) {
        return each(rule, "verbs")
                .flatMap(verb -> each(rule, "apiGroups")
                        .flatMap(group -> each(rule, "resources")
                                .flatMap(resource -> each(rule, "resourceNames")
                                        .map(name -> verb + " " + resource + (group.isEmpty() ? "" : "." + group)
                                                + (name.isEmpty() ? "" : ":" + name)))));
    }

    /** What the rule lists under this name; one without a name where it lists nothing. */
    private static Stream<String> each(Map<String, List<String>> rule, String field) {
        return rule.getOrDefault(field, List.of("")).stream();
    }

    /** Each line: verbs, two blanks or more, resources. */
    private static Set<String> rights(String table) {
        Set<String> rights = new TreeSet<>();
        table.lines()
                .map(line -> line.split(" {2,}", 2))
                .forEach(line -> Arrays.stream(line[0].split(" "))
                        .forEach(verb ->
                                Arrays.stream(line[1].split(" ")).forEach(what -> rights.add(verb + " " + what))));
        return rights;
    }
}
