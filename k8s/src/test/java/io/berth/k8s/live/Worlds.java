package io.berth.k8s.live;

import static io.berth.k8s.allocation.Given.namespace;
import static io.berth.k8s.allocation.Given.pool;
import static io.berth.k8s.allocation.Given.service;
import static io.berth.k8s.allocation.Given.world;

import io.berth.allocator.OutOfScope;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Family;
import io.berth.k8s.advertisement.AdvertisementSnapshot;
import io.berth.k8s.advertisement.Announcements;
import io.berth.k8s.advertisement.Rules;
import io.berth.k8s.allocation.AllocationSettings;
import io.berth.k8s.allocation.AllocationSnapshot;
import io.berth.k8s.allocation.AllocationSnapshot.Progress;
import io.berth.k8s.allocation.Given;
import io.berth.k8s.plan.Plan;
import io.berth.k8s.plan.Policy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What processes know of a small world, and before they know anything. */
public final class Worlds {

    private static final Plan PLAN = Plan.of(
            world(
                    pool("team-a-ips", "10.0.1.0/28", "priority: 50, namespaces: [team-a]"),
                    pool("v6-ips", "'2001:db8::/64'", "namespaces: [team-v6]"),
                    namespace("team-a", ""),
                    namespace("team-b", ""),
                    service("team-b/web"),
                    service("team-a/web", "clusterIPs: [10.96.0.1]"),
                    service("team-a/inner", "type: ClusterIP"),
                    Given.ADVERTISEMENT,
                    """
                    apiVersion: metallb.io/v1beta2
                    kind: BGPPeer
                    metadata: {name: tor-1}
                    spec: {myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1}
                    ---
                    apiVersion: metallb.io/v1beta2
                    kind: BGPPeer
                    metadata: {name: tor-2}
                    spec: {myASN: 64512, peerASN: 64512, peerAddress: 192.0.2.2}
                    ---
                    apiVersion: metallb.io/v1beta2
                    kind: BGPPeer
                    metadata: {name: tor-3}
                    spec: {myASN: 64512, peerASN: 64512, peerAddress: '2001:db8::1'}
                    """),
            new Policy(
                    new AllocationSettings("", OutOfScope.KEEP),
                    new Rules("", Rules.ExcludeLabel.HONOURED, Rules.LocalServices.AS_HOST_ROUTES),
                    Instant.EPOCH));

    private static final Allocating ALLOCATING = new Allocating(
            () -> new AllocationSnapshot(Progress.SETTLED, PLAN.services(), PLAN.pools(), List.of(), List.of()));

    private static final Announcing ANNOUNCING = new Announcing(
            () -> new AdvertisementSnapshot(
                    "node",
                    List.of(),
                    PLAN.announcements().decisions().stream()
                            .map(Announcements.OnNode::decision)
                            .toList(),
                    PLAN.announcements().routes(),
                    List.of(peer("tor-2", "192.0.2.2", SessionState.IDLE, "there is no Secret tor-2")),
                    List.of()),
            () -> List.of(
                    peer("tor-3", "2001:db8::1", SessionState.ESTABLISHED, ""),
                    peer("tor-1", "192.0.2.1", SessionState.ESTABLISHED, "")));

    /** {@code berth controller}. */
    public static final Role CONTROLLER = new Role.Controller(ALLOCATING);

    /** {@code berth speaker}. */
    public static final Role SPEAKER = new Role.Speaker(ANNOUNCING);

    /** {@code berth run}. */
    public static final Role BOTH = new Role.Both(ALLOCATING, ANNOUNCING);

    /** {@code berth run} that has just been started. */
    public static final Role STARTING = new Role.Both(
            new Allocating(() -> AllocationSnapshot.EMPTY),
            new Announcing(() -> AdvertisementSnapshot.EMPTY, List::of));

    private Worlds() {}

    private static PeerSnapshot peer(String name, String address, SessionState state, String reason) {
        return new PeerSnapshot(
                name,
                new InetSocketAddress(InetAddress.ofLiteral(address), 179),
                state,
                Instant.parse("2026-11-24T10:00:00.123456Z"),
                reason,
                "",
                state == SessionState.ESTABLISHED ? Map.of(Family.IPV4_UNICAST, 1) : Map.of(),
                0);
    }
}
