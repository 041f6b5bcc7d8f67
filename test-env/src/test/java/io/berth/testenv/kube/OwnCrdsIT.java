package io.berth.testenv.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.berth.allocator.Pool.AutoAssign;
import io.berth.allocator.PoolUsage;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Decoded;
import io.berth.k8s.resource.ResourceDecoder;
import io.berth.k8s.status.PoolStatus;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Our definitions in a real API server: what it shows, what it takes and what it refuses, and in which words. */
class OwnCrdsIT {

    private static final ApiServer SERVER = ApiServer.start();
    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String PEER = "myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1";

    @BeforeAll
    static void applyAsTheReadmeSays() {
        SERVER.kubectl("apply", "-f", Manifests.CRDS.toString());
        SERVER.kubectl("wait", "--for=condition=Established", "-f", Manifests.CRDS.toString());
        SERVER.kubectl("create", "namespace", "metallb-system");
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    private static String get(String... words) {
        String[] command = new String[words.length + 2];
        command[0] = "get";
        command[1] = "--namespace=metallb-system";
        System.arraycopy(words, 0, command, 2, words.length);
        return SERVER.kubectl(command).strip();
    }

    private static JsonNode json(String kind, String name) {
        return JSON.readTree(get(kind, name, "--output=json"));
    }

    private static void writeStatus(String kind, String name, JsonNode status) {
        SERVER.writeStatus(kind, "metallb-system", name, status.toString());
    }

    @Test
    void theGuideIsAppliedAsItIsWritten() {
        Path guide = Manifests.ROOT.resolve("test-env/guide");
        SERVER.kubectl("apply", "-f", guide.resolve("namespaces.yaml").toString());
        for (String pool : List.of("team-a", "team-b", "default", "production")) {
            assertThat(SERVER.kubectl(
                            "apply",
                            "-f",
                            guide.resolve("pool-" + pool + ".yaml").toString()))
                    .endsWith("created\n");
        }
        SERVER.kubectl("apply", "-f", guide.resolve("bgp.yaml").toString());
        SERVER.kubectl("apply", "-f", guide.resolve("services.yaml").toString());
        SERVER.kubectl("label", "namespace", "team-a", "environment=production");
        SERVER.kubectl("label", "--overwrite", "namespace", "staging", "environment=staging");
        assertThat(SERVER.kubectl("get", "ns", "--selector=environment=production", "--output=name"))
                .contains("namespace/team-a", "namespace/checkout");

        SERVER.kubectl("create", "deployment", "shop", "--namespace=team-a", "--image=shop");
        SERVER.kubectl("--namespace=team-a", "expose", "deployment", "shop", "--type=LoadBalancer", "--port=80");
        SERVER.writeIngress("team-a", "shop", "10.0.1.0");
        assertThat(SERVER.kubectl(
                        "-n", "team-a", "get", "svc", "shop", "-o", "jsonpath={.status.loadBalancer.ingress[0].ip}"))
                .isEqualTo("10.0.1.0");

        writeStatus("ipaddresspool", "team-a-ips", inUse(16, 3));
        assertThat(get("ipaddresspools").lines().map(line -> line.replaceAll(" {2,}", "|")))
                .first()
                .isEqualTo("NAME|AUTO ASSIGN|AVOID BUGGY IPS|ADDRESSES|PRIORITY|USED V4|FREE V4|USED V6|FREE V6|READY");
        assertThat(get("ipaddresspools").lines().map(line -> line.replaceAll(" {2,}", "|")))
                .contains("team-a-ips|true|false|[\"10.0.1.0/28\"]|50|3|13|0|0|True");
    }

    private static JsonNode inUse(long total, long assigned) {
        var ipv4 = new PoolUsage.Count(BigInteger.valueOf(total), BigInteger.valueOf(assigned), BigInteger.ZERO);
        var ipv6 = new PoolUsage.Count(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
        var usage = new PoolUsage("any", 50, AutoAssign.ENABLED, ipv4, ipv6, Map.of());
        return new PoolStatus(new PoolStatus.Usage.Counted(usage), 0, new PoolStatus.Verdict.Valid())
                .tree(JSON.createObjectNode(), Instant.parse("2026-01-31T12:00:00Z"));
    }

    /** Every row is refused by the API server, and by the decoder, which also reads where these definitions are not installed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        IPAddressPool | addresses: []                        | spec.addresses: Invalid value: must list at least one CIDR or range
        IPAddressPool | addresses: ['']                      | spec.addresses[0]: Invalid value: "": must be a CIDR such as 10.0.1.0/28 or a range such as 10.0.1.1-10.0.1.9, got ''
        IPAddressPool | addresses: [10.0.1.0/28, 10.0.1.0/33] | spec.addresses[1]: Invalid value: "10.0.1.0/33": must be a CIDR
        IPAddressPool | addresses: [10.0.1.0]                | must be a CIDR such as 10.0.1.0/28 or a range such as 10.0.1.1-10.0.1.9, got '10.0.1.0'
        IPAddressPool | addresses: [10.0.1.1-10.0.1.2-10.0.1.3] | must be a CIDR such as 10.0.1.0/28 or a range such as 10.0.1.1-10.0.1.9, got '10.0.1.1-10.0.1.2-10.0.1.3'
        IPAddressPool | addresses: [10.0.1.9-10.0.1.300]     | must be a CIDR such as 10.0.1.0/28 or a range such as 10.0.1.1-10.0.1.9, got '10.0.1.9-10.0.1.300'
        IPAddressPool | addresses: [010.0.1.0/28]            | must be a CIDR such as 10.0.1.0/28 or a range such as 10.0.1.1-10.0.1.9, got '010.0.1.0/28'
        IPAddressPool | addresses: ['::ffff:10.0.1.0/120']   | must be a CIDR such as 10.0.1.0/28 or a range such as 10.0.1.1-10.0.1.9, got '::ffff:10.0.1.0/120'
        IPAddressPool | addresses: [10.0.1.9 - 10.0.1.1]     | range ends before it begins, got '10.0.1.9 - 10.0.1.1'
        IPAddressPool | addresses: ['10.0.1.1-2001:db8::1']  | range mixes IPv4 and IPv6, got '10.0.1.1-2001:db8::1'
        IPAddressPool | addresses: [10.0.1.0/28], serviceAllocation: {priority: -1} | spec.serviceAllocation.priority: Invalid value: -1: must not be negative
        IPAddressPool | addresses: [10.0.1.0/28], serviceAllocation: {namespaces: [a, b, a]} | spec.serviceAllocation.namespaces[2]: Duplicate value: "a"
        IPAddressPool | addresses: [10.0.1.0/28], serviceAllocation: {namespaceSelectors: [{matchExpressions: [{key: a, operator: Like}]}]} | spec.serviceAllocation.namespaceSelectors[0].matchExpressions[0].operator: Unsupported value: "Like"
        IPAddressPool | addresses: [10.0.1.0/28], serviceAllocation: {serviceSelectors: [{matchExpressions: [{key: a, operator: In}]}]} | spec.serviceAllocation.serviceSelectors[0].matchExpressions[0].values: Invalid value: must not be empty for operator In
        IPAddressPool | addresses: [10.0.1.0/28], serviceAllocation: {serviceSelectors: [{matchExpressions: [{key: a, operator: Exists, values: [b]}]}]} | must be empty for operator Exists
        IPAddressPool | addresses: [10.0.1.0/28], serviceAllocation: {serviceSelectors: [{matchExpressions: [{key: '', operator: Exists}]}]} | spec.serviceAllocation.serviceSelectors[0].matchExpressions[0].key
        IPAddressPool | autoAssign: true                     | spec.addresses: Required value
        BGPAdvertisement | communities: ['64512:1', '65536:1'] | spec.communities[1]: Invalid value: "65536:1": must be N:N, large:N:N:N, a well-known name or the name of an alias
        BGPAdvertisement | communities: ['large:1:2:4294967296'] | must be N:N, large:N:N:N, a well-known name or the name of an alias, got 'large:1:2:4294967296'
        BGPAdvertisement | communities: ['1:2:3']            | must be N:N, large:N:N:N, a well-known name or the name of an alias, got '1:2:3'
        BGPAdvertisement | communities: ['']                 | must be N:N, large:N:N:N, a well-known name or the name of an alias, got ''
        BGPAdvertisement | aggregationLength: 0              | spec.aggregationLength: Invalid value: 0
        BGPAdvertisement | aggregationLength: 33             | spec.aggregationLength: Invalid value: 33
        BGPAdvertisement | aggregationLengthV6: 129          | spec.aggregationLengthV6: Invalid value: 129
        BGPAdvertisement | localPref: -1                     | spec.localPref: Invalid value: -1
        BGPAdvertisement | asPathPrepend: 11                 | spec.asPathPrepend: Invalid value: 11
        BGPAdvertisement | aggregationLength: 24, serviceSelectors: [{matchLabels: {app: web}}] | spec.serviceSelectors: Invalid value: must be empty with an aggregationLength other than 32
        BGPPeer | myASN: 0, peerASN: 1, peerAddress: 192.0.2.1 | spec.myASN: Invalid value: 0
        BGPPeer | myASN: 1, peerAddress: 192.0.2.1           | spec.peerASN: Invalid value: exactly one of peerASN and dynamicASN must be set, got neither
        BGPPeer | myASN: 1, peerASN: 2, dynamicASN: external, peerAddress: 192.0.2.1 | spec.peerASN: Invalid value: exactly one of peerASN and dynamicASN must be set, got both
        BGPPeer | myASN: 1, dynamicASN: any, peerAddress: 192.0.2.1 | spec.dynamicASN: Unsupported value: "any"
        BGPPeer | myASN: 1, peerASN: 2                       | spec.peerAddress: Invalid value: exactly one of peerAddress and interface must be set, got neither
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, interface: eth0 | exactly one of peerAddress and interface must be set, got 192.0.2.1 and eth0
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: tor.example | spec.peerAddress: Invalid value: "tor.example": must be the IP address of a host
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 0.0.0.0 | must be the IP address of a host, got '0.0.0.0'
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 'ff02::1' | must be the IP address of a host, got 'ff02::1'
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, sourceAddress: here | spec.sourceAddress: Invalid value: "here": must be the IP address of a host
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, routerID: '2001:db8::1' | spec.routerID: Invalid value: "2001:db8::1": must be a non-zero dotted quad
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, routerID: 0.0.0.0 | must be a non-zero dotted quad, got '0.0.0.0'
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, peerPort: 65536 | spec.peerPort: Invalid value: 65536
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, holdTime: 2s | spec.holdTime: Invalid value: "2s": must be 0s or 3s to 65535s, got 2s
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, holdTime: 500ms | must be 0s or 3s to 65535s, got 500ms
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, holdTime: 90 seconds | must be 0s or 3s to 65535s, got 90 seconds
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, holdTime: 9s, keepaliveTime: 10s | spec.keepaliveTime: Invalid value: must not be longer than the holdTime of 9s, got 10s
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, keepaliveTime: 500ms | spec.keepaliveTime: Invalid value: must be 0s or 1s to 21845s where no holdTime is given, since that is three times as long, got 500ms
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, connectTime: 0s | spec.connectTime: Invalid value: "0s": must be 1s to 65535s, in whole seconds, got 0s
        BGPPeer | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, passwordSecret: {namespace: routers} | spec.passwordSecret: Invalid value: name is missing beside namespace 'routers': the session would have no password
        BGPPeer | myASN: 1, peerASN: 1, peerAddress: 192.0.2.1, ebgpMultiHop: true | spec.ebgpMultiHop: Invalid value: must not be true for a peer in our own AS
        BFDProfile | detectMultiplier: 1                     | spec.detectMultiplier: Invalid value: 1
        BFDProfile | receiveInterval: 9                      | spec.receiveInterval: Invalid value: 9
        Community | communities: [{name: gold, value: gold}] | spec.communities[0].value: Invalid value: "gold": must be N:N or large:N:N:N, got 'gold'
        Community | communities: [{name: gold}]              | spec.communities[0].value: Required value
        Community | communities: [{name: '1:2', value: '1:2'}] | spec.communities[0].name: Invalid value: "1:2": must be a name, got '1:2'
        Community | communities: [{name: a, value: '1:2'}, {name: a, value: '1:3'}] | spec.communities[1]: Duplicate value: {"name":"a"}
        """)
    void aBrokenManifestIsRefusedWithFieldAndValue(String kind, String spec, String words) {
        String manifest = Manifests.metallb(kind, "broken", spec);

        assertThatThrownBy(() -> SERVER.apply(manifest)).hasMessageContaining(words);
        assertThat(ResourceDecoder.decode(YAML.readTree(manifest), ""))
                .isInstanceOfAny(Decoded.Invalid.class, Decoded.Shut.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        IPAddressPool    | addresses: [10.0.1.0/28, 10.0.2.1 - 10.0.2.9, ' 2001:db8::/64 ', '2001:db9::1-2001:db9::ff', 10.20.30.40/24, 10.0.3.1-10.0.3.1]
        IPAddressPool    | addresses: [0.0.0.0/1], serviceAllocation: {}
        IPAddressPool    | addresses: [192.168.0.255-192.168.1.0], serviceAllocation: {priority: 0, namespaceSelectors: [{}]}
        BGPAdvertisement | communities: ['64512:100', 'large:4294967295:0:0', No-Export, gold, 1st-upstream]
        BGPAdvertisement | aggregationLength: 1, aggregationLengthV6: 1, localPref: 4294967295, asPathPrepend: 10
        BGPPeer          | myASN: 4294967295, peerASN: 4294967295, peerAddress: '2001:db8::1', sourceAddress: '2001:db8::2', peerPort: 0
        BGPPeer          | myASN: 1, dynamicASN: internal, interface: eth0, ebgpMultiHop: true
        BGPPeer          | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, holdTime: 1m30s, keepaliveTime: 0s, connectTime: 2m, passwordSecret: {}
        BGPPeer          | myASN: 1, peerASN: 2, peerAddress: 192.0.2.1, holdTime: '0', keepaliveTime: 10s, password: '', passwordSecret: {name: tor}
        Community        | communities: [{name: gold, value: '64512:100'}, {name: 1st/upstream, value: 'large:1:2:3'}, {name: c, value: no-export}]
        L2Advertisement  | ipAddressPools: [gold], interfaces: [eth0], preferredNodeSelectors: [{weight: 100, preference: {}}]
        """)
    void whatIsGoodIsTakenByTheApiServerAndTheDecoder(String kind, String spec) {
        String manifest = Manifests.metallb(kind, "good", spec);

        SERVER.apply(manifest);

        assertThat(ResourceDecoder.decode(YAML.readTree(manifest), "")).isInstanceOf(Decoded.Usable.class);
        SERVER.kubectl("delete", "--namespace=metallb-system", kind, "good");
    }

    @Test
    void aFieldThatIsMistypedIsRefusedByName() {
        assertThatThrownBy(() -> SERVER.apply(
                        Manifests.metallb("IPAddressPool", "typo", "addresses: [10.0.1.0/28], autoasign: false")))
                .hasMessageContaining("unknown field \"spec.autoasign\"");
    }

    @Test
    void noMessageRepeatsAPassword() {
        assertThatThrownBy(() -> SERVER.apply(
                        Manifests.metallb("BGPPeer", "both", PEER + ", password: s3cret, passwordSecret: {name: tor}")))
                .hasMessageContaining(
                        "spec.password: Invalid value: only one of password and passwordSecret may be set, got one and"
                                + " Secret 'tor'")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void aPeerOfTheOlderVersionComesBackInTheNewerOneWithAllItHad() {
        SERVER.apply(Manifests.metallb("BGPPeer", "v1beta1", "older", """
            myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, holdTime: 9s, password: s3cret, bfdProfile: fast,
            ebgpMultiHop: true, routerID: 10.0.0.1, sourceAddress: 192.0.2.2,
            nodeSelectors: [{matchLabels: {rack: r1}, matchExpressions: [{key: zone, operator: In, values: [a]}]}]
            """));

        JsonNode newer = json("bgppeers.v1beta2.metallb.io", "older");

        assertThat(newer.path("apiVersion").asString()).isEqualTo("metallb.io/v1beta2");
        assertThat(newer.path("spec")).isEqualTo(YAML.readTree("""
            {myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, holdTime: 9s, password: s3cret, bfdProfile: fast,
             ebgpMultiHop: true, routerID: 10.0.0.1, sourceAddress: 192.0.2.2,
             nodeSelectors: [{matchLabels: {rack: r1}, matchExpressions: [{key: zone, operator: In, values: [a]}]}],
             peerPort: 179, disableMP: false, dualStackAddressFamily: false}
            """));
        assertThat(ResourceDecoder.decode(newer, "")).isInstanceOf(Decoded.Usable.class);
    }

    @Test
    void aPeerThatIsEditedInTheOlderVersionKeepsWhatOnlyTheNewerOneHad() {
        SERVER.apply(Manifests.metallb("BGPPeer", "edited", PEER + ", passwordSecret: {name: tor}, vrf: red"));
        JsonNode condition = YAML.readTree("""
            {conditions: [{type: Ready, status: "True", reason: Valid, message: "", lastTransitionTime: "2026-01-31T12:00:00Z"}]}
            """);
        writeStatus("bgppeers.v1beta2.metallb.io", "edited", condition);

        SERVER.kubectl(
                "patch",
                "bgppeers.v1beta1.metallb.io",
                "edited",
                "--namespace=metallb-system",
                "--type=merge",
                "--patch={\"spec\":{\"peerPort\":1790}}");

        JsonNode newer = json("bgppeers.v1beta2.metallb.io", "edited");
        assertThat(newer.at("/spec/peerPort").asInt()).isEqualTo(1790);
        assertThat(newer.at("/spec/passwordSecret/name").asString()).isEqualTo("tor");
        assertThat(newer.at("/spec/vrf").asString()).isEqualTo("red");
        assertThat(newer.path("status")).isEqualTo(condition);
        assertThat(get("bgppeers", "edited").lines().map(line -> line.replaceAll(" {2,}", "|")))
                .containsExactly(
                        "NAME|ADDRESS|ASN|BFD PROFILE|MULTI HOPS|READY|REASON", "edited|192.0.2.1|64513|True|Valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IPAddressPool", "BGPPeer", "ConfigurationState", "ServiceBGPStatus", "BGPSession"})
    void statusesThatBerthWritesAreKeptAsTheyAre(String kind) {
        for (Statuses.Written written : Statuses.of(kind)) {
            SERVER.apply(written.object());
            writeStatus(kind, written.name(), written.status());

            assertThat(json(kind, written.name()).path("status")).isEqualTo(reread(written.status()));
        }
    }

    /** With the types of numbers that a parser chooses. */
    private static JsonNode reread(JsonNode tree) {
        return JSON.readTree(tree.toString());
    }

    @Test
    void sessionsAreShownByNodeAndPeer() {
        Statuses.Written session = Statuses.of("BGPSession").getFirst();
        SERVER.apply(session.object());
        writeStatus("BGPSession", session.name(), session.status());

        assertThat(get("bgpsessions", session.name()).lines().map(line -> line.replaceAll(" {2,}", "|")))
                .first()
                .isEqualTo("NAME|NODE|PEER|REMOTE|STATE|ANNOUNCED V4|ANNOUNCED V6|SINCE|REASON");
        assertThat(get("bgpsessions", session.name())).contains("node-1.tor-1", "192.0.2.1:179", "Established");
    }

    @Test
    void kubectlExplainsTheFields() {
        assertThat(explained("ipaddresspools.spec.serviceAllocation.priority"))
                .contains("the one with the lowest number gives the address");
        assertThat(explained("bgppeers.spec.vrf")).contains("Not served by this version of Berth");
    }

    /** Without the ends of lines, which kubectl chooses. */
    private static String explained(String field) {
        return SERVER.kubectl("explain", field).replaceAll("\\s+", " ");
    }

    /** A pool with a fault that no rule can see says so in its columns. */
    @Test
    void aPoolThatOverlapsSaysSo() {
        SERVER.apply(Manifests.metallb("IPAddressPool", "overlapping", "addresses: [10.9.0.0/24]"));
        var error = new ConfigError("", "", "spec.addresses: '10.9.0.0/24' overlaps with '10.9.0.0/16'");
        writeStatus(
                "ipaddresspool",
                "overlapping",
                new PoolStatus(new PoolStatus.Usage.LeftOut(), 0, new PoolStatus.Verdict.Overlapping(error))
                        .tree(JSON.createObjectNode(), Instant.parse("2026-01-31T12:00:00Z")));

        assertThat(get("ipaddresspool", "overlapping", "--output=wide").lines())
                .last()
                .asString()
                .matches("overlapping .* 0 +0 +0 +0 +False +Overlapping +0");
    }
}
