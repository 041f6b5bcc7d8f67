package io.berth.k8s.advertisement;

import static io.berth.k8s.advertisement.World.ADVERTISEMENT;
import static io.berth.k8s.advertisement.World.NODE;
import static io.berth.k8s.advertisement.World.PEER;
import static io.berth.k8s.advertisement.World.POOL;
import static io.berth.k8s.advertisement.World.SERVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.advertisement.Rules.ExcludeLabel;
import io.berth.k8s.advertisement.Rules.LocalServices;
import io.berth.k8s.resource.Warning;
import org.junit.jupiter.api.Test;

/** Which node announces what, and what is said of it. */
class RoutesTest {

    private static final String OTHER_SERVICE = """
        apiVersion: v1
        kind: Service
        metadata: {namespace: team-b, name: api}
        spec: {type: LoadBalancer}
        status: {loadBalancer: {ingress: [{ip: 10.0.1.8}]}}
        """;

    private static final String INTERNAL_PEER = """
        apiVersion: metallb.io/v1beta2
        kind: BGPPeer
        metadata: {name: spine}
        spec: {myASN: 64512, peerASN: 64512, peerAddress: 192.0.2.2}
        """;

    private static final String V6_PEER = """
        apiVersion: metallb.io/v1beta2
        kind: BGPPeer
        metadata: {name: tor-v6}
        spec: {myASN: 64512, peerASN: 64513, peerAddress: 2001:db8:ffff::1}
        """;

    @Test
    void addressOfAServiceIsAnnouncedAsAHostRoute() {
        assertThat(World.of(POOL, ADVERTISEMENT, PEER, NODE, SERVICE).routes())
                .containsExactly("node-1 tor 10.0.1.7/32 < team-a/web");
    }

    @Test
    void localPrefIsForPeersOfOurOwnAsOnlyAnd100WhereNoneIsSet() {
        assertThat(World.of(POOL, ADVERTISEMENT, PEER, INTERNAL_PEER, SERVICE).routes())
                .containsExactly("node spine 10.0.1.7/32 value=100 < team-a/web", "node tor 10.0.1.7/32 < team-a/web");
        assertThat(World.of(POOL, ADVERTISEMENT + "spec: {localPref: 200}", PEER, INTERNAL_PEER, SERVICE)
                        .routes())
                .containsExactly("node spine 10.0.1.7/32 value=200 < team-a/web", "node tor 10.0.1.7/32 < team-a/web");
    }

    @Test
    void communitiesAreValuesWellKnownNamesLargeOnesAndAliases() {
        String communities = """
            apiVersion: metallb.io/v1beta1
            kind: Community
            metadata: {name: ours}
            spec: {communities: [{name: vpn-only, value: "64512:1"}, {name: big, value: "large:64512:1:3"}]}
            """;

        assertThat(World.of(
                                POOL,
                                ADVERTISEMENT
                                        + "spec: {communities: [vpn-only, big, no-export, '64512:100',"
                                        + " 'large:64512:1:2']}",
                                communities,
                                PEER,
                                SERVICE)
                        .routes())
                .containsExactly("node tor 10.0.1.7/32 communities=[64512:1, 64512:100, 65535:65281] "
                        + "communities=[64512:1:2, 64512:1:3] < team-a/web");
    }

    @Test
    void aliasMayGiveAWellKnownNameAnotherValueAndAnUnknownOneIsLeftOut() {
        String communities = """
            apiVersion: metallb.io/v1beta1
            kind: Community
            metadata: {name: ours}
            spec: {communities: [{name: blackhole, value: "64512:666"}]}
            """;

        assertThat(World.of(
                                POOL,
                                ADVERTISEMENT + "spec: {communities: [blackhole, nobody-knows]}",
                                communities,
                                PEER,
                                SERVICE)
                        .routes())
                .containsExactly("node tor 10.0.1.7/32 communities=[64512:666] < team-a/web");
    }

    @Test
    void communitiesOfAllAdvertisementsOfAPrefixAreJoined() {
        assertThat(World.of(
                                POOL,
                                ADVERTISEMENT + "spec: {communities: ['64512:1', '64512:2']}",
                                advertisement("more", "{communities: ['64512:2', '64512:3']}"),
                                PEER,
                                SERVICE)
                        .routes())
                .containsExactly("node tor 10.0.1.7/32 communities=[64512:1, 64512:2, 64512:3] < team-a/web");
    }

    @Test
    void differentLocalPrefsOfOnePrefixAreReportedAndTheLowerIsUsed() {
        World world = World.of(
                POOL,
                ADVERTISEMENT + "spec: {localPref: 300}",
                advertisement("backup", "{localPref: 50}"),
                INTERNAL_PEER,
                SERVICE,
                OTHER_SERVICE);

        assertThat(world.routes())
                .containsExactly(
                        "node spine 10.0.1.7/32 value=50 < team-a/web", "node spine 10.0.1.8/32 value=50 < team-b/api");
        assertThat(world.announcements().warnings())
                .containsExactly(new Warning(
                        Warning.Reason.CONFLICTING_ADVERTISEMENTS,
                        "BGPAdvertisement/backup",
                        "backup and everything give 10.0.1.7/32 and 1 more different localPref (50, 300) towards"
                                + " spine; the lower, 50, is used: give them one localPref, or other peers"));
    }

    @Test
    void differentLocalPrefsDoNotMatterToPeersThatAreNotToldThem() {
        assertThat(World.of(
                                POOL,
                                ADVERTISEMENT + "spec: {localPref: 300}",
                                advertisement("backup", "{localPref: 50}"),
                                PEER,
                                SERVICE)
                        .announcements()
                        .warnings())
                .isEmpty();
    }

    @Test
    void aggregateIsAnnouncedForAllServicesUnderIt() {
        assertThat(World.of(POOL, ADVERTISEMENT + "spec: {aggregationLength: 24}", PEER, SERVICE, OTHER_SERVICE)
                        .routes())
                .containsExactly("node tor 10.0.1.0/24 < team-a/web team-b/api");
    }

    @Test
    void aggregateStaysWhileAnyServiceUnderItIsAnswered() {
        assertThat(World.of(
                                POOL,
                                ADVERTISEMENT + "spec: {aggregationLength: 24}",
                                PEER,
                                SERVICE,
                                endpoints("{addresses: [10.244.0.1], conditions: {ready: false}}"),
                                OTHER_SERVICE)
                        .routes())
                .containsExactly("node tor 10.0.1.0/24 < team-b/api");
    }

    @Test
    void aggregateAndHostRouteGoSideBySide() {
        assertThat(World.of(
                                POOL,
                                ADVERTISEMENT,
                                advertisement("aggregate", "{aggregationLength: 26, communities: ['64512:1']}"),
                                PEER,
                                SERVICE)
                        .routes())
                .containsExactly(
                        "node tor 10.0.1.0/26 communities=[64512:1] < team-a/web", "node tor 10.0.1.7/32 < team-a/web");
    }

    @Test
    void serviceOfLocalPolicyIsAHostRouteUnderAnAggregateToo() {
        String local = SERVICE.replace("LoadBalancer}", "LoadBalancer, externalTrafficPolicy: Local}");
        World world = World.of(POOL, ADVERTISEMENT + "spec: {aggregationLength: 24}", PEER, local, OTHER_SERVICE);

        assertThat(world.routes())
                .containsExactly("node tor 10.0.1.0/24 < team-b/api", "node tor 10.0.1.7/32 < team-a/web");
        assertThat(world.with(new Rules("", ExcludeLabel.HONOURED, LocalServices.AGGREGATED))
                        .routes())
                .containsExactly("node tor 10.0.1.0/24 < team-a/web team-b/api");
    }

    @Test
    void sharedAddressIsAnnouncedWhileAnyOfItsServicesShouldBe() {
        String sharing = OTHER_SERVICE.replace("10.0.1.8", "10.0.1.7");

        assertThat(World.of(POOL, ADVERTISEMENT, PEER, SERVICE, sharing).routes())
                .containsExactly("node tor 10.0.1.7/32 < team-a/web team-b/api");
        assertThat(World.of(POOL, ADVERTISEMENT, PEER, SERVICE, endpoints(""), sharing)
                        .routes())
                .containsExactly("node tor 10.0.1.7/32 < team-b/api");
    }

    @Test
    void dualStackServiceIsAnnouncedToThePeersOfEachFamily() {
        String dual = SERVICE.replace("{ip: 10.0.1.7}", "{ip: 10.0.1.7}, {ip: '2001:db8::7'}");

        assertThat(World.of(POOL, ADVERTISEMENT, PEER, V6_PEER, dual).routes())
                .containsExactly("node tor 10.0.1.7/32 < team-a/web", "node tor-v6 2001:db8::7/128 < team-a/web");
        assertThat(World.of(POOL, ADVERTISEMENT + "spec: {aggregationLengthV6: 64}", V6_PEER, dual)
                        .routes())
                .containsExactly("node tor-v6 2001:db8::/64 < team-a/web");
    }

    @Test
    void dualStackServiceIsAnnouncedWholeToAPeerThatAsksForBothFamilies() {
        String dual = SERVICE.replace("{ip: 10.0.1.7}", "{ip: 10.0.1.7}, {ip: '2001:db8::7'}");
        String both = PEER.replace("peerAddress", "dualStackAddressFamily: true, peerAddress");

        assertThat(World.of(POOL, ADVERTISEMENT, both, dual).routes())
                .containsExactly("node tor 10.0.1.7/32 < team-a/web", "node tor 2001:db8::7/128 < team-a/web");
    }

    @Test
    void advertisementNamesItsPeersAndPeersChooseTheirNodes() {
        String onRack2 = PEER.replace("name: tor}", "name: tor-2}")
                .replace("peerAddress", "nodeSelectors: [{matchLabels: {rack: r2}}], peerAddress");
        String node2 = NODE.replace("node-1", "node-2").replace("r1", "r2");

        assertThat(World.of(POOL, ADVERTISEMENT, PEER, onRack2, NODE, node2, SERVICE)
                        .routes())
                .containsExactly(
                        "node-1 tor 10.0.1.7/32 < team-a/web",
                        "node-2 tor 10.0.1.7/32 < team-a/web",
                        "node-2 tor-2 10.0.1.7/32 < team-a/web");
        assertThat(World.of(POOL, ADVERTISEMENT + "spec: {peers: [tor-2]}", PEER, onRack2, NODE, node2, SERVICE)
                        .routes())
                .containsExactly("node-2 tor-2 10.0.1.7/32 < team-a/web");
    }

    @Test
    void serviceOfLocalPolicyIsAnnouncedFromTheNodesThatAnswerIt() {
        String local = SERVICE.replace("LoadBalancer}", "LoadBalancer, externalTrafficPolicy: Local}");
        String node2 = NODE.replace("node-1", "node-2");
        String slice = endpoints("{addresses: [10.244.0.1], nodeName: node-2}");

        assertThat(World.of(POOL, ADVERTISEMENT, PEER, NODE, node2, local, slice)
                        .routes())
                .containsExactly("node-2 tor 10.0.1.7/32 < team-a/web");
        assertThat(World.of(POOL, ADVERTISEMENT, PEER, NODE, node2, SERVICE, slice)
                        .routes())
                .hasSize(2);
    }

    @Test
    void endpointThatServesWhileItTerminatesCounts() {
        String terminating =
                endpoints("{addresses: [10.244.0.1], conditions: {ready: false, serving: true, terminating: true}}");

        assertThat(World.of(POOL, ADVERTISEMENT, PEER, SERVICE, terminating).routes())
                .hasSize(1);
    }

    @Test
    void labelledNodeAnnouncesOnlyWhereTheLabelIsIgnored() {
        String excluded = NODE.replace("rack: r1", "node.kubernetes.io/exclude-from-external-load-balancers: ''");
        World world = World.of(POOL, ADVERTISEMENT, PEER, excluded, SERVICE);

        assertThat(world.routes()).isEmpty();
        assertThat(world.with(new Rules("", ExcludeLabel.IGNORED, LocalServices.AS_HOST_ROUTES))
                        .routes())
                .hasSize(1);
    }

    @Test
    void onlyServicesOfOurClassAreAnnounced() {
        World world = World.of(
                POOL,
                ADVERTISEMENT,
                PEER,
                SERVICE,
                OTHER_SERVICE.replace("LoadBalancer}", "LoadBalancer, loadBalancerClass: example.org/lb}"));

        assertThat(world.routes()).containsExactly("node tor 10.0.1.7/32 < team-a/web");
        assertThat(world.with(new Rules("example.org/lb", ExcludeLabel.HONOURED, LocalServices.AS_HOST_ROUTES))
                        .routes())
                .containsExactly("node tor 10.0.1.8/32 < team-b/api");
    }

    private static String advertisement(String name, String spec) {
        return ADVERTISEMENT.replace("everything", name) + "spec: " + spec;
    }

    /** The EndpointSlice of {@link World#SERVICE}. */
    private static String endpoints(String endpoints) {
        return """
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {namespace: team-a, name: web-1, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            endpoints: [%s]
            """.formatted(endpoints);
    }
}
