package io.berth.k8s.crd;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The definitions by themselves: what a reader of kubectl explain, and of kubectl get, may rely on. */
class CrdTest {

    static List<Crd> all() {
        return Crd.all();
    }

    @Test
    void everyKindOfMetalLBsThatServesBgpIsThereAndOneOfOurs() {
        assertThat(Crd.all())
                .extracting(Crd::kind)
                .containsExactlyInAnyOrder(
                        "IPAddressPool",
                        "BGPAdvertisement",
                        "BGPPeer",
                        "BFDProfile",
                        "Community",
                        "L2Advertisement",
                        "ServiceBGPStatus",
                        "ConfigurationState",
                        "BGPSession");
    }

    @ParameterizedTest
    @MethodSource("all")
    void namesFitEachOther(Crd crd) {
        JsonNode spec = crd.tree().path("spec");
        String plural = spec.at("/names/plural").asString();
        String name = plural + "." + spec.path("group").asString();

        assertThat(crd.tree().at("/metadata/name").asString()).isEqualTo(name);
        assertThat(crd.file()).isEqualTo(name + ".yaml");
        assertThat(spec.path("scope").asString()).isEqualTo("Namespaced");
        assertThat(crd.versions())
                .allSatisfy(
                        version -> assertThat(version.at("/subresources/status").isObject())
                                .isTrue());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFieldIsDescribed(Crd crd) {
        for (JsonNode version : crd.versions()) {
            JsonNode schema = Crd.schema(version);
            assertThat(schema.path("description").asString("")).isNotBlank();
            assertThat(Crd.fields(schema))
                    .isNotEmpty()
                    .allSatisfy((path, field) -> assertThat(
                                    field.path("description").asString(""))
                            .as(path)
                            .isNotBlank());
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyRuleHasAMessageOfItsOwn(Crd crd) {
        for (JsonNode version : crd.versions()) {
            List<String> messages = new ArrayList<>();
            Crd.schema(version)
                    .findValues("x-kubernetes-validations")
                    .forEach(rules -> rules.forEach(rule -> {
                        assertThat(rule.path("message").asString(""))
                                .as(rule.path("rule").asString())
                                .isNotBlank();
                        messages.add(rule.path("message").asString());
                    }));
            // What holds for every selector, every host and so on is said in the same words.
            assertThat(messages.stream().filter(message -> !SHARED.contains(message)))
                    .doesNotHaveDuplicates();
        }
    }

    private static final Set<String> SHARED = Set.of(
            "must list values for In and NotIn, and none for Exists and DoesNotExist",
            "must be the IP address of a host");

    /** Strategy None only changes the name of the version, so a field that one of them lacked would be lost on the way. */
    @Test
    void bothVersionsOfBgpPeerHaveTheSameFields() {
        List<JsonNode> versions = Crd.of("BGPPeer").versions();

        assertThat(versions)
                .extracting(version -> version.path("name").asString())
                .containsExactly("v1beta1", "v1beta2");
        assertThat(Crd.schema(versions.getFirst())).isEqualTo(Crd.schema(versions.getLast()));
        assertThat(versions.getFirst().path("deprecated").asBoolean()).isTrue();
        assertThat(versions.getLast().path("storage").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        IPAddressPool      | Auto Assign, Avoid Buggy IPs, Addresses
        BGPAdvertisement   | IPAddressPools, IPAddressPool Selectors, Peers, Node Selectors
        BGPPeer            | Address, ASN, BFD Profile, Multi Hops
        BFDProfile         | Passive Mode, Transmit Interval, Receive Interval, Multiplier
        L2Advertisement    | IPAddressPools, IPAddressPool Selectors, Interfaces, Node Selectors
        ServiceBGPStatus   | Node, Service Name, Service Namespace
        ConfigurationState | Result, ErrorSummary, Age
        BGPSession         | Node, Peer, Remote, State, Announced v4, Announced v6, Since, Reason
        """)
    void columnsBeginWithThoseOfMetalLB(String kind, String columns) {
        for (JsonNode version : Crd.of(kind).versions()) {
            assertThat(String.join(", ", names(version))).startsWith(columns);
        }
    }

    @Test
    void columnsGoOnWithWhatIsMissedThere() {
        assertThat(names(Crd.of("IPAddressPool").versions().getFirst()))
                .contains("Priority", "Used v4", "Free v4", "Used v6", "Free v6", "Ready");
        assertThat(names(Crd.of("BGPPeer").versions().getLast())).contains("Ready", "Reason");
    }

    /** Columns are paths into the object; one that is mistyped is an empty column. */
    @ParameterizedTest
    @MethodSource("all")
    void columnsShowFieldsThatAreThere(Crd crd) {
        for (JsonNode version : crd.versions()) {
            Set<String> fields = new TreeSet<>(Crd.fields(Crd.schema(version)).keySet());
            fields.add("metadata.creationTimestamp");
            version.path("additionalPrinterColumns")
                    .forEach(column -> assertThat(column.path("jsonPath")
                                    .asString()
                                    .substring(1)
                                    .replaceAll("\\[[^]]*]", "[]"))
                            .isIn(fields));
        }
    }

    private static List<String> names(JsonNode version) {
        return version.path("additionalPrinterColumns").values().stream()
                .map(column -> column.path("name").asString())
                .toList();
    }
}
