package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.live.Role;
import io.berth.k8s.live.Worlds;
import io.berth.metrics.http.HttpEndpoint;
import io.berth.metrics.http.ListenAddress;
import io.berth.metrics.http.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is typed at a running process, and what it says. */
class LiveCommandsTest {

    @Test
    void poolsInTheOrderOfPreference() {
        assertThat(ask(Worlds.BOTH, "pools")).isEqualTo(new Run(0, """
            POOL         PRIORITY   AUTO-ASSIGN   IPV4-USED   IPV4-FREE   IPV6-USED   IPV6-FREE              NAMESPACES
            team-a-ips   50         true          1           15          0           0                      team-a=1
            v6-ips       <none>     true          0           0           0           18446744073709551616   <none>
            """, ""));
    }

    @Test
    void onePool() {
        assertThat(ask(Worlds.BOTH, "pools", "team-a-ips")).isEqualTo(new Run(0, """
            POOL         PRIORITY   AUTO-ASSIGN   IPV4-USED   IPV4-FREE   NAMESPACES
            team-a-ips   50         true          1           15          team-a=1
            """, ""));
        assertThat(ask(Worlds.BOTH, "pools", "team-a-ip"))
                .isEqualTo(new Run(1, "", "berth pools: there is no pool team-a-ip (did you mean team-a-ips?)\n"));
    }

    @Test
    void allocationsOfServicesThatWantOne() {
        assertThat(ask(Worlds.CONTROLLER, "allocations")).isEqualTo(new Run(0, """
            NAMESPACE   SERVICE   ADDRESS     POOL         REASON         MESSAGE
            team-a      web       10.0.1.0    team-a-ips   Allocated      got 10.0.1.0 from pool team-a-ips, which lists namespace team-a (priority 50)
            team-b      web       <pending>   <none>       NoPoolAdmits   no pool admits a service of namespace team-b with these labels
            """, ""));
    }

    @Test
    void allocationsOfOneNamespace() {
        assertThat(ask(Worlds.CONTROLLER, "allocations", "-n", "team-b").out())
                .hasLineCount(2)
                .contains("team-b");
        assertThat(ask(Worlds.CONTROLLER, "allocations", "--namespace", "team-c"))
                .isEqualTo(new Run(0, "No services of type LoadBalancer in namespace team-c.\n", ""));
        assertThat(ask(Worlds.CONTROLLER, "allocations", "-n", "team-c", "-o", "json"))
                .isEqualTo(new Run(0, "[]\n", ""));
    }

    @Test
    void peersAndWhyOneIsNotUp() {
        assertThat(ask(Worlds.SPEAKER, "peers")).isEqualTo(new Run(0, """
            PEER    ADDRESS             STATE         SINCE                  IPV4   IPV6   PENDING   REASON
            tor-1   192.0.2.1:179       Established   2026-11-24T10:00:00Z   1      0      0
            tor-2   192.0.2.2:179       Idle          2026-11-24T10:00:00Z   0      0      0         there is no Secret tor-2
            tor-3   [2001:db8::1]:179   Established   2026-11-24T10:00:00Z   1      0      0
            """, ""));
    }

    @Test
    void routesOfEverybodyOrToOnePeer() {
        String header = "NODE   PEER    PREFIX        LOCAL-PREF   COMMUNITIES   SERVICES\n";
        String first = "node   tor-1   10.0.1.0/32   <none>       <none>        team-a/web\n";
        String second = "node   tor-2   10.0.1.0/32   100          <none>        team-a/web\n";

        assertThat(ask(Worlds.SPEAKER, "routes")).isEqualTo(new Run(0, header + first + second, ""));
        assertThat(ask(Worlds.SPEAKER, "routes", "--peer", "tor-2").out()).isEqualTo(header + second);
        assertThat(ask(Worlds.SPEAKER, "routes", "--node", "node").out()).isEqualTo(header + first + second);
        assertThat(ask(Worlds.SPEAKER, "routes", "--node", "elsewhere", "--peer", "tor-2"))
                .isEqualTo(new Run(0, "No routes from node elsewhere to peer tor-2.\n", ""));
    }

    @Test
    void explanationOfOneProcessReadsLikeThatOfAPlan() {
        assertThat(ask(Worlds.BOTH, "explain", "team-a/web")).isEqualTo(new Run(0, """
            Service:   team-a/web
            Outcome:   Assigned
            Address:   10.0.1.0
            Pool:      team-a-ips
            Reason:    Allocated
            Message:   got 10.0.1.0 from pool team-a-ips, which lists namespace team-a (priority 50)

            POOL         VERDICT               MESSAGE
            team-a-ips   Selected              gives 10.0.1.0
            v6-ips       NamespaceNotAllowed   namespace team-a is not among the namespaces that the pool lists

            Announced:
            NODE   PEER    PREFIX        LOCAL-PREF   COMMUNITIES   SERVICES
            node   tor-1   10.0.1.0/32   <none>       <none>        team-a/web
            node   tor-2   10.0.1.0/32   100          <none>        team-a/web
            """, ""));
    }

    @Test
    void controllerExplainsItsHalfAndSaysWhoKnowsTheOther() {
        assertThat(ask(Worlds.CONTROLLER, "explain", "team-b/web").out()).isEqualTo("""
            Service:   team-b/web
            Outcome:   Unassigned
            Address:   <pending>
            Pool:      <none>
            Reason:    NoPoolAdmits
            Message:   no pool admits a service of namespace team-b with these labels

            POOL         VERDICT               MESSAGE
            team-a-ips   NamespaceNotAllowed   namespace team-b is not among the namespaces that the pool lists
            v6-ips       NamespaceNotAllowed   namespace team-b is not among the namespaces that the pool lists

            Who announces it, this controller does not know: ask the speakers, each for its node (--server http://NODE:7472).
            """);
    }

    @Test
    void speakerExplainsItsHalfAndSaysWhoKnowsTheOther() {
        assertThat(ask(Worlds.SPEAKER, "explain", "team-b/web").out()).isEqualTo("""
            Service:   team-b/web

            Which pools were considered, this speaker does not know: ask the controller (--server http://CONTROLLER:7472).

            Not announced:
            NODE   REASON      MESSAGE
            node   NoAddress   the service has no address yet
            """);
    }

    @ParameterizedTest
    @CsvSource({
        "pools,       api/v1/pools",
        "allocations, api/v1/allocations",
        "peers,       api/v1/peers",
        "routes,      api/v1/routes",
        "explain team-a/web, api/v1/explain?service=team-a/web"
    })
    void machinesGetExactlyWhatTheProcessSends(String command, String path) {
        try (HttpEndpoint endpoint = serve(Worlds.BOTH)) {
            String sent = get(endpoint.uri().resolve(path));

            assertThat(type(endpoint, (command + " -o json").split(" ")).out()).isEqualTo(sent + "\n");
            assertThat(new YAMLMapper()
                            .readTree(type(endpoint, (command + " -o yaml").split(" "))
                                    .out()))
                    .isEqualTo(new JsonMapper().readTree(sent));
        }
    }

    @Test
    void unknownServiceIsNotSo() {
        assertThat(ask(Worlds.BOTH, "explain", "team-a/wep"))
                .isEqualTo(
                        new Run(1, "", "berth explain: there is no Service team-a/wep (did you mean team-a/web?)\n"));
    }

    @Test
    void askingTheWrongProcessSaysWhichIsTheRightOne() {
        assertThat(ask(Worlds.CONTROLLER, "routes"))
                .isEqualTo(new Run(
                        1,
                        "",
                        "berth routes: a controller knows no peers and routes: ask the speakers, each"
                                + " for its node (--server http://NODE:7472)\n"));
        assertThat(ask(Worlds.SPEAKER, "pools"))
                .isEqualTo(new Run(
                        1,
                        "",
                        "berth pools: a speaker knows no pools and allocations: ask the controller"
                                + " (--server http://CONTROLLER:7472)\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pools", "allocations", "peers", "routes", "explain team-a/web"})
    void processThatIsStartingSaysSo(String command) {
        Run run = ask(Worlds.STARTING, command.split(" "));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(": the process is starting: ").hasLineCount(1);
    }

    @Test
    void statusOfAReadyProcess() {
        assertThat(ask(Worlds.BOTH, "status")).isEqualTo(new Run(0, "ready\n", ""));
        assertThat(ask(Worlds.BOTH, "status", "-o", "yaml")).isEqualTo(new Run(0, "ready: true\nreasons: []\n", ""));
    }

    @Test
    void statusOfAnUnreadyProcessIsNotSoAndSaysWhy() {
        assertThat(ask(Worlds.STARTING, "status")).isEqualTo(new Run(1, """
            not ready: allocation: the addresses that services hold are not all taken over yet
            not ready: announcement: the first full set of routes has not been handed to the speaker yet
            """, ""));
        assertThat(ask(Worlds.STARTING, "status", "-o", "json")).isEqualTo(new Run(1, """
            {
              "ready": false,
              "reasons": [
                "allocation: the addresses that services hold are not all taken over yet",
                "announcement: the first full set of routes has not been handed to the speaker yet"
              ]
            }
            """, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "pools", "allocations", "peers", "routes", "explain team-a/web"})
    void nobodyThereIsOneLine(String command) {
        URI gone;
        try (HttpEndpoint endpoint = serve(Worlds.BOTH)) {
            gone = endpoint.uri();
        }
        String[] words = (command + " --server " + gone).split(" ");

        assertThat(Run.berth(words))
                .isEqualTo(new Run(
                        1,
                        "",
                        "berth " + words[0] + ": no process answers at http://127.0.0.1:" + gone.getPort()
                                + " (--server names the process to ask)\n"));
    }

    @Test
    void serverMayComeFromTheEnvironment() {
        try (HttpEndpoint endpoint = serve(Worlds.BOTH)) {
            Map<String, String> environment =
                    Map.of("BERTH_SERVER", endpoint.uri().toString());

            assertThat(Run.berth(environment, "status").out()).isEqualTo("ready\n");
            assertThat(Run.berth(Map.of("BERTH_SERVER", "berth:7472"), "status"))
                    .isEqualTo(new Run(
                            2,
                            "",
                            "berth status: invalid value for option '--server': 'berth:7472' is not the URL of a"
                                    + " server; write http://127.0.0.1:7472 for example, from BERTH_SERVER (see 'berth"
                                    + " status --help')\n"));
        }
    }

    @Test
    void whereAProcessFindsItsConfigurationHidesNoRows() {
        try (HttpEndpoint endpoint = serve(Worlds.BOTH)) {
            Map<String, String> environment = Map.of(
                    "BERTH_SERVER", endpoint.uri().toString(),
                    "BERTH_NAMESPACE", "metallb-system",
                    "BERTH_PEER", "192.0.2.1:179");

            assertThat(Run.berth(environment, "allocations").out()).contains("team-a");
            assertThat(Run.berth(environment, "routes").out()).contains("tor-1");
        }
    }

    @Test
    void whatMeansNothingIsWrongUsage() {
        assertThat(Run.berth("explain", "team-a/web", "--out-of-scope", "keep"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "berth explain: --out-of-scope is for manifests; name some with -f"
                                + " (see 'berth explain --help')\n"));
        assertThat(Run.berth("explain", "team-a/web", "-f", ".", "--server", "http://127.0.0.1:7472"))
                .isEqualTo(new Run(
                        2,
                        "",
                        "berth explain: --server asks a running process; with -f there is none to ask"
                                + " (see 'berth explain --help')\n"));
        assertThat(Run.berth("explain").status()).isEqualTo(2);
        assertThat(Run.berth("explain", "web").status()).isEqualTo(2);
        assertThat(Run.berth("allocations", "--history").status()).isEqualTo(2);
    }

    private static Run ask(Role role, String... words) {
        try (HttpEndpoint endpoint = serve(role)) {
            return type(endpoint, words);
        }
    }

    private static Run type(HttpEndpoint endpoint, String... words) {
        String[] all = new String[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--server";
        all[words.length + 1] = endpoint.uri().toString();
        return Run.berth(all);
    }

    private static HttpEndpoint serve(Role role) {
        try {
            return HttpEndpoint.start(
                    ListenAddress.parse("127.0.0.1:0"), new LivePages(role).router(_ -> Response.text("")));
        } catch (IOException unable) {
            throw new UncheckedIOException(unable);
        }
    }

    private static String get(URI page) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString())
                    .body();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
