package io.berth.k8s.resource;

import static io.berth.k8s.resource.Manifest.errors;
import static io.berth.k8s.resource.Manifest.valid;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.EndpointSlice.Condition;
import io.berth.k8s.resource.EndpointSlice.Endpoint;
import io.berth.k8s.resource.Node.Network;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoreKindsTest {

    @Test
    void aNamespaceCarriesItsLabels() {
        Namespace namespace = valid(Namespace.class, """
            apiVersion: v1
            kind: Namespace
            metadata: {name: team-a, labels: {environment: production}}
            """);

        assertThat(namespace.meta().labels()).isEqualTo(Map.of("environment", "production"));
        assertThat(namespace.reference()).isEqualTo("Namespace/team-a");
    }

    @Nested
    class OfNodes {

        @ParameterizedTest
        @CsvSource({
            "NetworkUnavailable,True,UNAVAILABLE",
            "NetworkUnavailable,False,AVAILABLE",
            "NetworkUnavailable,Unknown,AVAILABLE",
            "Ready,True,AVAILABLE"
        })
        void onlyTheConditionNetworkUnavailableSaysThatTheNetworkIs(String type, String status, Network network) {
            Node node = node("status: {conditions: [{type: %s, status: '%s'}]}".formatted(type, status));

            assertThat(node.network()).isEqualTo(network);
        }

        @Test
        void theLabelExcludesWhateverItsValue() {
            assertThat(node("").isExcluded()).isFalse();
            assertThat(valid(Node.class, """
                apiVersion: v1
                kind: Node
                metadata:
                  name: one
                  labels: {node.kubernetes.io/exclude-from-external-load-balancers: ''}
                """).isExcluded()).isTrue();
        }

        private static Node node(String more) {
            return valid(Node.class, "apiVersion: v1\nkind: Node\nmetadata: {name: one}\n" + more);
        }
    }

    @Nested
    class OfEndpointSlices {

        @Test
        void theLabelSaysWhoseItIs() {
            assertThat(slice("").service()).isEqualTo(new ServiceKey("team-a", "web"));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', textBlock = """
            {}                                                | USABLE
            {ready: true}                                     | USABLE
            {ready: false}                                    | UNUSABLE
            {ready: null}                                     | USABLE
            {ready: false, serving: true, terminating: true}  | USABLE
            {ready: false, serving: false, terminating: true} | UNUSABLE
            """)
        void anEndpointIsUsableWhenReadyOrStillServing(String conditions, Condition condition) {
            assertThat(slice("{addresses: [10.1.0.1], nodeName: one, conditions: " + conditions + "}")
                            .endpoints())
                    .containsExactly(new Endpoint("one", condition));
        }

        @Test
        void anEndpointOnNoKnownNodeCountsWithoutOne() {
            assertThat(slice("{addresses: [10.1.0.1]}").endpoints())
                    .containsExactly(new Endpoint("", Condition.USABLE));
        }

        private static EndpointSlice slice(String endpoints) {
            return valid(EndpointSlice.class, """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {namespace: team-a, name: web-x1, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                endpoints: [%s]
                """.formatted(endpoints));
        }
    }

    @Nested
    class OfSecrets {

        @Test
        void thePasswordIsReadPlainOrEncoded() {
            assertThat(secret("stringData: {password: s3cret}").password()).isEqualTo("s3cret");
            assertThat(secret("data: {password: czNjcmV0}").password()).isEqualTo("s3cret");
            assertThat(secret("data: {username: bm9ib2R5}").password()).isEmpty();
        }

        @Test
        void thePasswordIsNeverPrinted() {
            assertThat(secret("stringData: {password: s3cret}")).hasToString("Secret/team-a/tor");
            assertThat(errors(manifest("data: {password: s3cret!}")))
                    .containsExactly("file.yaml: Secret/team-a/tor: data.password: is not base64");
            assertThat(errors(manifest("stringData: {password: 123456}")))
                    .containsExactly("file.yaml: Secret/team-a/tor: stringData.password: must be a text (put it in"
                            + " quotes)");
            assertThat(errors(manifest("data: {password: [s3cret]}")))
                    .containsExactly("file.yaml: Secret/team-a/tor: data.password: must be a text (put it in quotes)");
        }

        private static Secret secret(String data) {
            return valid(Secret.class, manifest(data));
        }

        private static String manifest(String data) {
            return "apiVersion: v1\nkind: Secret\nmetadata: {namespace: team-a, name: tor}\n" + data;
        }
    }
}
