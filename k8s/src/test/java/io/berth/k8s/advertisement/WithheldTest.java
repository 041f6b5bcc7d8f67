package io.berth.k8s.advertisement;

import static io.berth.k8s.advertisement.World.ADVERTISEMENT;
import static io.berth.k8s.advertisement.World.NODE;
import static io.berth.k8s.advertisement.World.PEER;
import static io.berth.k8s.advertisement.World.POOL;
import static io.berth.k8s.advertisement.World.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Why a node does not announce a service: the first reason that applies. */
class WithheldTest {

    private static final String NO_ENDPOINTS = """
        apiVersion: discovery.k8s.io/v1
        kind: EndpointSlice
        metadata: {namespace: team-a, name: web-1, labels: {kubernetes.io/service-name: web}}
        addressType: IPv4
        endpoints: [{addresses: [10.244.0.1], nodeName: node-2, conditions: {ready: false}}]
        """;

    private static final String SELECTIVE = ADVERTISEMENT + "spec: {%s: [{matchLabels: {some: other}}]}";

    @Test
    void nothingIsWithheldFromAServiceThatIsAnnounced() {
        assertThat(World.of(POOL, ADVERTISEMENT, PEER, SERVICE).withheld()).isEmpty();
    }

    @Test
    void serviceOfAnotherType() {
        assertWithheld(
                "NotLoadBalancer: the service is not of type LoadBalancer",
                POOL,
                SERVICE.replace("type: LoadBalancer", "type: ClusterIP"));
    }

    @Test
    void serviceOfAnotherClass() {
        assertWithheld(
                "OtherClass: the service is of loadBalancerClass example.org/lb, which is not served here",
                SERVICE.replace("LoadBalancer}", "LoadBalancer, loadBalancerClass: example.org/lb}"));
    }

    @Test
    void serviceWithoutAnAddress() {
        assertWithheld("NoAddress: the service has no address yet", POOL, SERVICE.replace("{ip: 10.0.1.7}", ""));
    }

    @Test
    void addressOutsideOfEveryPool() {
        assertWithheld("InNoPool: 10.0.1.7 is in no IPAddressPool", ADVERTISEMENT, PEER, SERVICE);
    }

    @Test
    void poolThatNoAdvertisementSelects() {
        String expected = "PoolNotAdvertised: 10.0.1.7 is from pool pool, which no BGPAdvertisement selects";

        assertWithheld(expected, POOL, PEER, SERVICE);
        assertWithheld(expected, POOL, ADVERTISEMENT + "spec: {ipAddressPools: [another]}", PEER, SERVICE);
        assertWithheld(expected, POOL, SELECTIVE.formatted("ipAddressPoolSelectors"), PEER, SERVICE);
    }

    @Test
    void poolIsSelectedByNameOrByLabels() {
        String selected = ADVERTISEMENT
                + "spec: {ipAddressPools: [another], ipAddressPoolSelectors: [{matchLabels: {tier: gold}}]}";

        assertThat(World.of(POOL, selected, PEER, SERVICE).routes()).hasSize(1);
    }

    @Test
    void nodeThatNoAdvertisementSelects() {
        assertWithheld(
                "NodeNotSelected: 10.0.1.7 is not announced from node node-1: the nodeSelectors of BGPAdvertisement "
                        + "everything do not match its labels",
                POOL,
                SELECTIVE.formatted("nodeSelectors"),
                PEER,
                NODE,
                SERVICE);
    }

    @Test
    void serviceThatNoAdvertisementSelects() {
        assertWithheld(
                "ServiceNotSelected: 10.0.1.7 is not announced: the serviceSelectors of BGPAdvertisement everything do "
                        + "not match the labels of the service",
                POOL,
                SELECTIVE.formatted("serviceSelectors"),
                PEER,
                SERVICE);
    }

    @Test
    void nodeTakenOutOfLoadBalancing() {
        assertWithheld(
                "NodeExcluded: node node-1 is labelled node.kubernetes.io/exclude-from-external-load-balancers",
                POOL,
                ADVERTISEMENT,
                PEER,
                NODE.replace("rack: r1", "node.kubernetes.io/exclude-from-external-load-balancers: ''"),
                SERVICE,
                NO_ENDPOINTS);
    }

    @Test
    void nodeWithoutNetwork() {
        assertWithheld(
                "NetworkUnavailable: node node-1 has the condition NetworkUnavailable",
                POOL,
                ADVERTISEMENT,
                PEER,
                NODE + "status: {conditions: [{type: NetworkUnavailable, status: 'True'}]}",
                SERVICE,
                NO_ENDPOINTS);
    }

    @Test
    void serviceThatNobodyAnswers() {
        assertWithheld(
                "NoEndpoint: the service has no ready endpoint", POOL, ADVERTISEMENT, PEER, SERVICE, NO_ENDPOINTS);
    }

    @Test
    void serviceOfLocalPolicyThatNobodyAnswersHere() {
        assertWithheld(
                "NoLocalEndpoint: externalTrafficPolicy is Local, and node node-1 has no ready endpoint of the service",
                POOL,
                ADVERTISEMENT,
                PEER,
                NODE,
                SERVICE.replace("LoadBalancer}", "LoadBalancer, externalTrafficPolicy: Local}"),
                NO_ENDPOINTS.replace("ready: false", "ready: true"));
    }

    @Test
    void nobodyToTell() {
        String expected = "NoPeer: 10.0.1.7 has nobody to be announced to: of the BGPPeers of node node, none is among "
                + "those of BGPAdvertisement everything and exchanges its family";

        assertWithheld(expected, POOL, ADVERTISEMENT, SERVICE);
        assertWithheld(expected, POOL, ADVERTISEMENT + "spec: {peers: [another]}", PEER, SERVICE);
        assertWithheld(expected, POOL, ADVERTISEMENT, PEER.replace("192.0.2.1", "2001:db8:ffff::1"), SERVICE);
    }

    @Test
    void eachAddressHasItsOwnReason() {
        String dual = SERVICE.replace("{ip: 10.0.1.7}", "{ip: 10.0.1.7}, {ip: 10.9.9.9}, {ip: '2001:db8::7'}");

        assertThat(World.of(POOL, ADVERTISEMENT, PEER, dual).withheld())
                .extracting(Withheld::reason)
                .containsExactly("InNoPool", "NoPeer");
    }

    private static void assertWithheld(String expected, String... manifests) {
        assertThat(World.of(manifests).withheld())
                .extracting(why -> why.reason() + ": " + why.message())
                .containsExactly(expected);
    }
}
