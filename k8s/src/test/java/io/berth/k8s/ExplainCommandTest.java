package io.berth.k8s;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.allocation.Given;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {

    private static final String PEER = """
        apiVersion: metallb.io/v1beta2
        kind: BGPPeer
        metadata: {name: tor}
        spec: {myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1}
        """;

    @TempDir
    private Path directory = Path.of(".");

    private Path manifests = Path.of(".");

    @BeforeEach
    void write() throws IOException {
        write(
                pool("team-a-ips", "10.0.1.0/28", "priority: 50, namespaces: [team-a]"),
                namespace("team-a", ""),
                namespace("team-b", ""),
                service("team-a/web"),
                service("team-b/web"),
                Given.ADVERTISEMENT,
                PEER);
    }

    private void write(String... documents) throws IOException {
        manifests = directory.resolve("manifests.yaml");
        Files.writeString(manifests, String.join("\n---\n", documents));
    }

    private Run explain(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[arguments.length + 1] = "-f";
        all[arguments.length + 2] = manifests.toString();
        return Run.berth(all);
    }

    @Test
    void showsEveryPoolAndEveryRoute() {
        assertThat(explain("team-a/web")).isEqualTo(new Run(0, """
            Service:   team-a/web
            Outcome:   Assigned
            Address:   10.0.1.0
            Pool:      team-a-ips
            Reason:    Allocated
            Message:   got 10.0.1.0 from pool team-a-ips, which lists namespace team-a (priority 50)

            POOL         VERDICT    MESSAGE
            team-a-ips   Selected   gives 10.0.1.0

            Announced:
            NODE   PEER   PREFIX        LOCAL-PREF   COMMUNITIES   SERVICES
            node   tor    10.0.1.0/32   <none>       <none>        team-a/web
            """, ""));
    }

    @Test
    void showsWhatIsInTheWay() {
        assertThat(explain("team-b/web")).isEqualTo(new Run(0, """
            Service:   team-b/web
            Outcome:   Unassigned
            Address:   <pending>
            Pool:      <none>
            Reason:    NoPoolAdmits
            Message:   no pool admits a service of namespace team-b with these labels

            POOL         VERDICT               MESSAGE
            team-a-ips   NamespaceNotAllowed   namespace team-b is not among the namespaces that the pool lists

            Not announced:
            NODE   REASON      MESSAGE
            node   NoAddress   the service has no address yet
            """, ""));
    }

    @Test
    void printsThePartsOfThePlanForMachines() {
        JsonNode tree =
                new JsonMapper().readTree(explain("-o", "json", "team-a/web").out());

        assertThat(tree.propertyNames())
                .containsExactly(
                        "namespace",
                        "name",
                        "outcome",
                        "pool",
                        "addresses",
                        "reason",
                        "message",
                        "considered",
                        "announced",
                        "notAnnounced");
        assertThat(tree.path("announced").path(0).path("prefix").asString()).isEqualTo("10.0.1.0/32");
    }

    @Test
    void unknownServiceIsNotSoAndSuggestsTheNearest() {
        assertThat(explain("team-a/wep"))
                .isEqualTo(
                        new Run(1, "", "berth explain: there is no Service team-a/wep (did you mean team-a/web?)\n"));
    }

    @Test
    void serviceMayBeNamedAfterThePaths() {
        Run run = Run.berth("explain", "-f", manifests.toString(), "team-a/web");

        assertThat(run).isEqualTo(explain("team-a/web"));
    }

    @Test
    void serviceMustBeNamed() {
        assertThat(explain())
                .isEqualTo(new Run(
                        2, "", "berth explain: which service? name NAMESPACE/SERVICE (see 'berth explain --help')\n"));
        assertThat(explain("web").status()).isEqualTo(2);
        assertThat(explain("web").err()).hasLineCount(1).contains("'web'");
    }

    @Test
    void invalidManifestsAreWrongInput() throws IOException {
        write(pool("bad", "10.0.1.0/33", ""));

        assertThat(explain("team-a/web").status()).isEqualTo(2);
        assertThat(explain("team-a/web").err()).hasLineCount(1).contains("IPAddressPool/bad");
    }
}
