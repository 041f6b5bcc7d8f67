package io.berth.testenv.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Decoded;
import io.berth.k8s.resource.ResourceDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * MetalLB's own definitions, as its users have them installed: Berth writes its statuses with them, and ours take their place
 * with everything staying where it is. In this order.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MetalLbCrdsIT {

    private static final ApiServer SERVER = ApiServer.start();
    private static final JsonMapper JSON = new JsonMapper();
    private static final Path METALLB =
            Path.of(Command.of(Manifests.ROOT.resolve("test-env/metallb/crds").toString())
                    .output("")
                    .strip());

    /** Where ours are wider on purpose; the definitions say so. */
    private static final Set<String> WIDER = Set.of(
            "BGPPeer v1beta2 spec.peerPort maximum",
            "BGPPeer v1beta2 spec.peerPort minimum",
            "BGPPeer v1beta1 spec.peerPort maximum",
            "BGPAdvertisement v1beta1 spec.localPref format",
            // Of a form of selector that only v1beta1 of MetalLB has.
            "BGPPeer v1beta1 spec.nodeSelectors[].matchExpressions[].values minItems");

    /** Narrower, as MetalLB's webhook and code are. */
    private static final Set<String> NARROWER =
            Set.of("BGPPeer v1beta1 spec.myASN minimum", "BGPPeer v1beta2 spec.myASN minimum");

    private static JsonNode theirs = JSON.createObjectNode();

    @BeforeAll
    static void installMetalLBsDefinitions() {
        // Created, not applied, as Helm does it: there is no record of what was applied to go by.
        SERVER.kubectl("create", "-k", METALLB.resolve("crd").toString());
        SERVER.kubectl("wait", "--for=condition=Established", "crd", "--all");
        SERVER.kubectl("create", "namespace", "metallb-system");
        theirs = definitions();
    }

    @AfterAll
    static void close() {
        SERVER.close();
    }

    /** By kind. */
    private static JsonNode definitions() {
        ObjectNode definitions = JSON.createObjectNode();
        JSON.readTree(SERVER.kubectl("get", "crd", "--output=json"))
                .path("items")
                .forEach(crd -> definitions.set(crd.at("/spec/names/kind").asString(), crd));
        return definitions;
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"IPAddressPool", "BGPPeer", "ConfigurationState", "ServiceBGPStatus"})
    void statusesAreTakenAndWhatTheDefinitionLacksIsLeftOut(String kind) {
        for (Statuses.Written written : Statuses.of(kind)) {
            SERVER.apply(written.object());
            SERVER.writeStatus(
                    kind, "metallb-system", written.name(), written.status().toString());

            JsonNode stored = JSON.readTree(
                            SERVER.kubectl("get", kind, written.name(), "--namespace=metallb-system", "--output=json"))
                    .path("status");
            JsonNode wanted = JSON.readTree(written.status().toString());
            stored.properties().forEach(field -> assertThat(field.getValue()).isEqualTo(wanted.path(field.getKey())));
            assertThat(stored.propertyNames())
                    .containsAll(
                            switch (kind) {
                                case "IPAddressPool" ->
                                    List.of("assignedIPv4", "assignedIPv6", "availableIPv4", "availableIPv6");
                                case "BGPPeer" -> List.of();
                                default -> wanted.propertyNames();
                            });
        }
    }

    @Test
    @Order(2)
    void oursTakeTheirPlaceAndTheObjectsStay() {
        JsonNode before = pools();

        SERVER.kubectl("apply", "-f", Manifests.CRDS.toString());
        SERVER.kubectl("wait", "--for=condition=Established", "crd", "--all");

        assertThat(pools()).isEqualTo(before);
        JsonNode conversion = definitions().at("/BGPPeer/spec/conversion");
        assertThat(conversion).isEqualTo(JSON.readTree("{\"strategy\": \"None\"}"));
        assertThat(SERVER.kubectl("get", "bgppeers.v1beta1.metallb.io", "--namespace=metallb-system"))
                .contains("tor-1");
    }

    private static JsonNode pools() {
        JsonNode list =
                JSON.readTree(SERVER.kubectl("get", "ipaddresspools", "--namespace=metallb-system", "--output=json"));
        return list.path("items");
    }

    @Test
    @Order(3)
    void samplesOfMetalLBApplyAsTheyAre() {
        String samples = METALLB.resolve("configsamples").toString();
        // Those of whole installations have more than objects of these kinds, and the same objects again.
        for (String sample : List.of(
                "bgpadv_selectspool_by_label",
                "bgpadv_selectspool_by_list",
                "bgpadvertisement_communities_localpref",
                "bgpadvertisement_community_alias",
                "bgpadvertisement_with_node_selector",
                "bgppeer_simple",
                "bgppeer_with_bfdprofile",
                "bgppeer_with_session_options",
                "bgppeer_with_vrf",
                "bgppeer_withsecret",
                "ipaddresspool_simple",
                "ipaddresspool_with_selector",
                "l2adv_selects_pools_by_list",
                "l2adv_with_node_selector",
                "simple_pool_adv_bgp",
                "simple_pool_adv_l2")) {
            SERVER.kubectl("apply", "-f", samples + "/" + sample + ".yaml");
        }
        for (String kind : List.of("ipaddresspools", "bgpadvertisements", "bgppeers", "communities", "bfdprofiles")) {
            JSON.readTree(SERVER.kubectl("get", kind, "--all-namespaces", "--output=json"))
                    .path("items")
                    .forEach(object ->
                            assertThat(ResourceDecoder.decode(object, "")).isInstanceOf(Decoded.Usable.class));
        }
    }

    @Test
    @Order(4)
    void everyFieldOfTheirsIsInOursWithTheSameTypeDefaultAndLimits() {
        List<String> differences = new ArrayList<>();
        JsonNode ours = definitions();
        theirs.properties().forEach(kind -> {
            for (JsonNode version : kind.getValue().at("/spec/versions")) {
                String name = version.path("name").asString();
                JsonNode counterpart = version(ours.path(kind.getKey()), name);
                compare(kind.getKey() + " " + name + " ", schema(version), schema(counterpart), differences);
            }
        });

        assertThat(differences).containsExactlyInAnyOrderElementsOf(union(WIDER, NARROWER));
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new TreeSet<>(one);
        union.addAll(other);
        return union;
    }

    private static JsonNode version(JsonNode definition, String name) {
        return definition.at("/spec/versions").values().stream()
                .filter(version -> version.path("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode schema(JsonNode version) {
        return version.at("/schema/openAPIV3Schema");
    }

    private static void compare(String path, JsonNode theirs, JsonNode ours, List<String> differences) {
        for (String word : List.of("type", "default", "minimum", "maximum", "enum", "format", "minItems")) {
            if (theirs.has(word) && !theirs.path(word).equals(ours.path(word))) {
                differences.add(path + " " + word);
            }
        }
        theirs.path("properties").properties().forEach(field -> {
            if (!Set.of("apiVersion", "kind", "metadata").contains(field.getKey())) {
                String at = path + (path.endsWith(" ") ? "" : ".") + field.getKey();
                JsonNode counterpart = ours.path("properties").path(field.getKey());
                if (counterpart.isMissingNode()) {
                    differences.add(at + " is missing");
                }
                compare(at, field.getValue(), counterpart, differences);
            }
        });
        if (theirs.has("items")) {
            compare(path + "[]", theirs.path("items"), ours.path("items"), differences);
        }
    }

    @Test
    @Order(5)
    void columnsOfTheirsAreTheFirstOfOurs() {
        JsonNode ours = definitions();
        theirs.properties().forEach(kind -> {
            for (JsonNode version : kind.getValue().at("/spec/versions")) {
                List<String> before = columns(version);
                JsonNode counterpart =
                        version(ours.path(kind.getKey()), version.path("name").asString());
                assertThat(columns(counterpart).subList(0, before.size())).isEqualTo(before);
            }
        });
    }

    private static List<String> columns(JsonNode version) {
        return version.path("additionalPrinterColumns").values().stream()
                .map(column -> column.path("name").asString() + " "
                        + column.path("jsonPath").asString() + " "
                        + column.path("priority").asInt(0))
                .toList();
    }
}
