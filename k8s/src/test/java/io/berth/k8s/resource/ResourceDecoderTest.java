package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.decode;
import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.reasons;
import static io.berth.k8s.resource.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceDecoderTest {

    private static String object(String apiVersion, String kind, String metadata) {
        return "apiVersion: %s\nkind: %s\nmetadata: {%s}\n".formatted(apiVersion, kind, metadata);
    }

    @ParameterizedTest
    @CsvSource({
        "apps/v1,Deployment",
        "serving.knative.dev/v1,Service",
        "example.com/v1,IPAddressPool",
        "metallb.io/v1beta1,ConfigurationState",
        "metallb.io/v1beta1,ServiceBGPStatus",
        "v1,ConfigMap"
    })
    void whatIsNotOursIsPassedOver(String apiVersion, String kind) {
        assertThat(decode(object(apiVersion, kind, "name: NOT a name"))).isEqualTo(new Decoded.PassedOver());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "just text", "42", "kind: [Service]", "kind: Service"})
    void whatIsNoObjectIsPassedOver(String yaml) {
        assertThat(decode(yaml)).isEqualTo(new Decoded.PassedOver());
    }

    @ParameterizedTest
    @CsvSource({
        "metallb.io/v1alpha1,IPAddressPool,metallb.io/v1beta1",
        "metallb.io/v1beta2,BGPAdvertisement,metallb.io/v1beta1",
        "metallb.io/v1beta3,BGPPeer,metallb.io/v1beta1 and v1beta2"
    })
    void aVersionThatIsNotServedIsAnError(String version, String kind, String served) {
        assertThat(errors(object(version, kind, "name: one")))
                .contains("file.yaml: %s/one: apiVersion: %s is served in %s, got '%s'"
                        .formatted(kind, kind, served, version));
    }

    @Test
    void anL2AdvertisementIsAcceptedAndReported() {
        assertThat(reasons(Manifest.metallb("L2Advertisement", "l2", "interfaces: [eth0]")))
                .containsExactly(Reason.UNSUPPORTED_KIND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"''", "..", "../../etc/passwd", "a/b", "Web", "-web", "web-", ".web", "'web\\0'", "wéb", "'a b'"
            })
    void aNameThatIsNoDnsNameNeverBecomesOne(String name) {
        assertThat(errors(object("v1", "Service", "namespace: team-a, name: " + name)))
                .singleElement()
                .asString()
                .contains("metadata.name: must be a DNS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../team-b", "team.a", "Team", "'-'"})
    void aNamespaceThatIsNoDnsLabelNeverBecomesOne(String namespace) {
        assertThat(errors(object("v1", "Service", "name: web, namespace: " + namespace)))
                .singleElement()
                .asString()
                .contains("metadata.namespace: must be a DNS label", "got '");
    }

    @Test
    void namesOfServicesAndNamespacesAreLabelsAndFitIntoAFileName() {
        String longest = "a".repeat(63);

        assertThat(valid(Service.class, object("v1", "Service", "name: " + longest))
                        .meta()
                        .name())
                .isEqualTo(longest);
        assertThat(errors(object("v1", "Service", "name: a" + longest))).hasSize(1);
        assertThat(errors(object("v1", "Service", "name: web.example"))).hasSize(1);
        assertThat(errors(object("v1", "Namespace", "name: team.a"))).hasSize(1);
        assertThat(valid(Node.class, object("v1", "Node", "name: node-1.example"))
                        .reference())
                .isEqualTo("Node/node-1.example");
    }

    @Test
    void aCreationTimeIsReadOrRefused() {
        assertThat(valid(Service.class, object("v1", "Service", "name: web, creationTimestamp: '2026-01-31T12:00:00Z'"))
                        .meta()
                        .creationTimestamp())
                .isEqualTo(Instant.parse("2026-01-31T12:00:00Z"));
        assertThat(valid(Service.class, object("v1", "Service", "name: web, creationTimestamp: null"))
                        .meta()
                        .creationTimestamp())
                .isEqualTo(ObjectMeta.AGELESS);
        assertThat(errors(object("v1", "Service", "name: web, creationTimestamp: yesterday")))
                .containsExactly("file.yaml: Service/default/web: metadata.creationTimestamp: must be a time such as"
                        + " 2026-01-31T12:00:00Z, got 'yesterday'");
    }

    @Test
    void anInvalidObjectKeepsTheReferenceByWhichItsLastGoodFormIsFound() {
        assertThat(decode(Manifest.metallb("BGPPeer", "tor", "peerAddress: bad")))
                .isInstanceOfSatisfying(
                        Decoded.Invalid.class,
                        invalid -> assertThat(invalid.reference()).isEqualTo("BGPPeer/tor"));
    }

    @Test
    void anErrorIsOneLineWhateverTheValue() {
        assertThat(errors(object("v1", "Service", "name: \"a\\nINFO forged\\u001b[31m\"")))
                .singleElement()
                .satisfies(line -> assertThat(line).matches("\\P{Cntrl}*").contains("a?INFO forged?[31m"));
    }

    @Test
    void aWarningIsOneLineWhateverTheField() {
        String manifest = Manifest.metallb("IPAddressPool", "gold", "addresses: [10.0.1.0/28], \"a\\nb\": 1");

        assertThat(Manifest.warnings(manifest))
                .singleElement()
                .satisfies(warning -> assertThat(warning.message()).matches("\\P{Cntrl}*"));
    }

    @Test
    void aSpecThatIsMissingOrNoObjectIsAnError() {
        assertThat(errors(object("metallb.io/v1beta1", "IPAddressPool", "name: gold")))
                .contains("file.yaml: IPAddressPool/gold: spec: is missing");
        assertThat(errors(object("metallb.io/v1beta1", "IPAddressPool", "name: gold") + "spec: [10.0.1.0/28]"))
                .contains("file.yaml: IPAddressPool/gold: spec: must be an object, got '[\"10.0.1.0/28\"]'");
    }
}
