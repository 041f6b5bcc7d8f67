package io.berth.k8s.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Secret;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class ObservedObjectsTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    private static final String POOL = """
        apiVersion: metallb.io/v1beta1
        kind: IPAddressPool
        metadata: {name: pool, namespace: metallb-system, uid: u, resourceVersion: "%s"}
        spec: {addresses: [%s]}
        """;

    private static final String SERVICE = """
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: team-a, uid: %s, resourceVersion: "%s"}
        spec: {type: %s}
        """;

    private final ObservedObjects objects = new ObservedObjects(Set.of());

    private static JsonNode tree(String yaml) {
        return YAML.readTree(yaml);
    }

    private void put(String yaml) {
        objects.put(tree(yaml));
    }

    private String ranges() {
        return objects.state().pools().getFirst().pool().ranges().toString();
    }

    private String type() {
        return objects.state()
                .service(new ServiceKey("team-a", "web"))
                .orElseThrow()
                .type()
                .toString();
    }

    @Test
    void whatIsNotThereDoesNotExist() {
        assertThat(objects.state().picture()).isEqualTo(Picture.OBSERVED);
        assertThat(objects.state().nodes()).isEmpty();
    }

    @Test
    void whatNobodyReadsMayBeThereWhateverBecomesOfTheRest() {
        ObservedObjects most = new ObservedObjects(Set.of(Secret.class));
        most.put(tree(POOL.formatted(1, "10.0.0.0/28")));
        most.put(tree(SERVICE.formatted("a", 2, "LoadBalancer")));
        most.put(tree(POOL.formatted(3, "10.0.0.0/99")));

        assertThat(most.state().hidden()).containsExactly(Secret.class);
    }

    @Test
    void objectsComeChangeAndGo() {
        put(POOL.formatted(1, "10.0.0.0/28"));
        put(POOL.formatted(2, "10.0.1.0/28"));
        assertThat(ranges()).contains("10.0.1.0");

        objects.remove(tree(POOL.formatted(2, "10.0.1.0/28")));
        assertThat(objects.state().resources()).isEmpty();
    }

    @Test
    void anObjectThatIsInvalidNowKeepsTheFormInWhichItWasGoodUntilItIsMended() {
        put(POOL.formatted(1, "10.0.0.0/28"));
        put(POOL.formatted(2, "10.0.0.0/99"));

        assertThat(ranges()).contains("10.0.0.0");
        assertThat(objects.state().errors()).extracting(ConfigError::line).anyMatch(line -> line.contains("/99"));

        put(POOL.formatted(3, "10.0.2.0/28"));
        assertThat(ranges()).contains("10.0.2.0");
        assertThat(objects.state().errors()).isEmpty();
    }

    @Test
    void errorsGoWithTheirObject() {
        put(POOL.formatted(1, "10.0.0.0/99"));

        objects.remove(tree(POOL.formatted(1, "10.0.0.0/99")));

        assertThat(objects.state()).isEqualTo(ClusterState.EMPTY.as(Picture.OBSERVED));
    }

    @Test
    void anAnswerToAWriteThatComesAfterLaterNewsChangesNothing() {
        put(SERVICE.formatted("u", 10, "ClusterIP"));
        put(SERVICE.formatted("u", 9, "LoadBalancer"));

        assertThat(type()).isEqualTo("OTHER");
    }

    @Test
    void anObjectThatWasMadeAnewCounts() {
        put(SERVICE.formatted("u", 10, "ClusterIP"));
        put(SERVICE.formatted("another", 11, "LoadBalancer"));

        assertThat(type()).isEqualTo("LOAD_BALANCER");
    }

    @Test
    void aWatchThatIsLateTellsNothingOfAnObjectThatWasMadeAnew() {
        put(SERVICE.formatted("u", 10, "ClusterIP"));
        put(SERVICE.formatted("another", 13, "LoadBalancer"));
        objects.remove(tree(SERVICE.formatted("u", 11, "ClusterIP")));
        put(SERVICE.formatted("another", 12, "ClusterIP"));

        assertThat(type()).isEqualTo("LOAD_BALANCER");
    }

    @Test
    void whatIsGoneIsNotBroughtBackByAListOrAnAnswerFromBefore() {
        put(SERVICE.formatted("u", 10, "LoadBalancer"));
        objects.remove(tree(SERVICE.formatted("u", 12, "LoadBalancer")));
        put(SERVICE.formatted("u", 10, "LoadBalancer"));
        put(SERVICE.formatted("u", 11, "LoadBalancer"));

        assertThat(objects.state().services()).isEmpty();
    }

    @Test
    void whatIsGoneByALateLookIsNotBroughtBackInItsLastKnownVersion() {
        put(SERVICE.formatted("u", 10, "LoadBalancer"));
        objects.remove(tree(SERVICE.formatted("u", 10, "LoadBalancer")));
        put(SERVICE.formatted("u", 10, "LoadBalancer"));

        assertThat(objects.state().services()).isEmpty();
    }

    @Test
    void whatComesAgainAfterItWasGoneIsThere() {
        put(SERVICE.formatted("u", 10, "LoadBalancer"));
        objects.remove(tree(SERVICE.formatted("u", 11, "LoadBalancer")));
        put(SERVICE.formatted("another", 12, "LoadBalancer"));

        assertThat(objects.state().services()).hasSize(1);
    }

    @Test
    void aRemovalWhoseVersionIsOlderThanAnAnswerIsStillARemoval() {
        put(SERVICE.formatted("u", 10, "LoadBalancer"));
        put(SERVICE.formatted("u", 12, "LoadBalancer"));
        objects.remove(tree(SERVICE.formatted("u", 10, "LoadBalancer")));
        put(SERVICE.formatted("u", 12, "LoadBalancer"));

        assertThat(objects.state().services()).isEmpty();
    }

    @Test
    void whatAWriteDoesNotFindIsGoneUnlessItIsAnotherVersionByNow() {
        put(SERVICE.formatted("u", 10, "LoadBalancer"));
        objects.missing("Service/team-a/web", "9");
        assertThat(objects.state().services()).hasSize(1);

        objects.missing("Service/team-a/web", "10");
        assertThat(objects.state().services()).isEmpty();
    }

    @Test
    void whatNobodyDecidesOnMakesNoOtherState() {
        String node = """
            apiVersion: v1
            kind: Node
            metadata: {name: a, resourceVersion: "%s", annotations: {seen: "%s"}, labels: {rack: "1"}}
            status: {images: ["%s"]}
            """;
        String slice = """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata:
              name: web-1
              namespace: team-a
              resourceVersion: "%s"
              annotations: {endpoints.kubernetes.io/last-change-trigger-time: "%s"}
              labels: {kubernetes.io/service-name: web}
            endpoints: [{addresses: [10.1.1.1], nodeName: a}]
            """;
        put(node.formatted(1, "then", "x"));
        put(slice.formatted(2, "then"));
        ClusterState before = objects.state();

        put(node.formatted(3, "now", "y"));
        put(slice.formatted(4, "now"));

        assertThat(objects.state()).isSameAs(before);
        assertThat(before.endpointSlices(new ServiceKey("team-a", "web"))).hasSize(1);
    }

    @Test
    void theUidOfAnObjectIsKnownAsLongAsItIsThere() {
        put(SERVICE.formatted("u", 1, "LoadBalancer"));
        assertThat(objects.uid("Service/team-a/web")).isEqualTo("u");

        objects.remove(tree(SERVICE.formatted("u", 1, "LoadBalancer")));
        assertThat(objects.uid("Service/team-a/web")).isEmpty();
    }

    @Test
    void kindsThatAreNoneOfOursArePassedOver() {
        put("{apiVersion: v1, kind: Pod, metadata: {name: a, namespace: b}}");

        assertThat(objects.state().resources()).isEqualTo(List.<Resource>of());
    }

    private void listed(String version, String... services) {
        objects.become(new ApiObjects.Listed(
                ApiKind.SERVICE,
                Stream.of(services).map(yaml -> (ObjectNode) tree(yaml)).toList(),
                version));
    }

    @Test
    void whatAListOfAllLeavesOutIsGoneWhateverTheWatchHasToldUntilThen() {
        put(SERVICE.formatted("a", 5, "LoadBalancer"));
        put(POOL.formatted(4, "10.0.0.0/28"));

        listed("7");
        assertThat(objects.state().services()).isEmpty();
        assertThat(objects.state().pools()).hasSize(1);

        // The watch is late.
        put(SERVICE.formatted("a", 6, "ClusterIP"));
        assertThat(objects.state().services()).isEmpty();

        put(SERVICE.formatted("b", 8, "ClusterIP"));
        assertThat(type()).isEqualTo("OTHER");
    }

    @Test
    void whatCameAfterAListIsNotMissingFromIt() {
        put(SERVICE.formatted("a", 8, "LoadBalancer"));

        listed("7");
        assertThat(objects.state().services()).hasSize(1);
    }

    @Test
    void aListWithoutAVersionSaysNothingOfWhatItLeavesOut() {
        put(SERVICE.formatted("a", 5, "LoadBalancer"));

        listed("");
        assertThat(objects.state().services()).hasSize(1);
    }
}
