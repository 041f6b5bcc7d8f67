package io.berth.testenv.kube;

import io.berth.allocator.Pool.AutoAssign;
import io.berth.allocator.PoolUsage;
import io.berth.allocator.ServiceKey;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Family;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Decoded;
import io.berth.k8s.resource.ResourceDecoder;
import io.berth.k8s.status.ConfigurationStatus;
import io.berth.k8s.status.PeerStatus;
import io.berth.k8s.status.PoolStatus;
import io.berth.k8s.status.ServiceAnnouncement;
import io.berth.k8s.status.SessionStatus;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Statuses as Berth writes them, and objects to write them into. */
final class Statuses {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final ObjectNode NOTHING_BEFORE = new JsonMapper().createObjectNode();
    private static final ConfigError ERROR =
            new ConfigError("", "IPAddressPool/gold", "spec.addresses[0]: must be ...");

    /** @param object a manifest of the object */
    record Written(String name, String object, JsonNode status) {}

    private Statuses() {}

    static List<Written> of(String kind) {
        return switch (kind) {
            case "IPAddressPool" -> List.of(pool("wide", wide()), pool("left-out", leftOut()));
            case "BGPPeer" -> List.of(peer());
            case "ConfigurationState" ->
                List.of(
                        configuration(new ConfigurationStatus.Component.Controller(), List.of()),
                        configuration(new ConfigurationStatus.Component.Speaker("node-1"), List.of(ERROR)));
            case "ServiceBGPStatus" -> List.of(service());
            case "BGPSession" -> List.of(session());
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static Written pool(String name, PoolStatus status) {
        return new Written(
                name,
                Manifests.metallb("IPAddressPool", name, "addresses: ['2001:db8::/32']"),
                status.tree(NOTHING_BEFORE, NOON));
    }

    private static PoolStatus wide() {
        var ipv4 = new PoolUsage.Count(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);
        var ipv6 = new PoolUsage.Count(BigInteger.TWO.pow(96), BigInteger.TEN, BigInteger.ZERO);
        var usage = new PoolUsage("wide", 0, AutoAssign.ENABLED, ipv4, ipv6, Map.of());
        return new PoolStatus(new PoolStatus.Usage.Counted(usage), 2, new PoolStatus.Verdict.Valid());
    }

    private static PoolStatus leftOut() {
        return new PoolStatus(new PoolStatus.Usage.LeftOut(), 0, new PoolStatus.Verdict.Invalid(List.of(ERROR)));
    }

    private static String manifest() {
        return Manifests.metallb(
                "BGPPeer", "tor-1", "myASN: 64512, peerASN: 64513, peerAddress: 192.0.2.1, bfdProfile: fast");
    }

    private static BGPPeer decoded() {
        Decoded decoded = ResourceDecoder.decode(new YAMLMapper().readTree(manifest()), "");
        return (BGPPeer) ((Decoded.Usable) decoded).resource();
    }

    private static Written peer() {
        return new Written("tor-1", manifest(), new PeerStatus.Legible(decoded()).tree(NOTHING_BEFORE, NOON));
    }

    private static Written configuration(ConfigurationStatus.Component component, List<ConfigError> errors) {
        var status = new ConfigurationStatus(component, errors);
        return new Written(
                status.name(),
                statusOnly("metallb.io/v1beta1", "ConfigurationState", status.name(), status.labels()),
                status.tree(NOTHING_BEFORE, NOON));
    }

    private static Written service() {
        var announcement = ServiceAnnouncement.of("node-1", new ServiceKey("team-a", "web"), List.of("tor-1"));
        return new Written(
                announcement.name(),
                statusOnly("metallb.io/v1beta1", "ServiceBGPStatus", announcement.name(), announcement.labels()),
                announcement.tree());
    }

    private static Written session() {
        var remote = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 179);
        var session = new SessionStatus(
                "node-1",
                decoded(),
                new PeerSnapshot(
                        "tor-1",
                        remote,
                        SessionState.ESTABLISHED,
                        NOON,
                        "",
                        "192.0.2.1",
                        Map.of(Family.IPV4_UNICAST, 7),
                        0));
        return new Written(
                session.name(),
                statusOnly("berth.io/v1alpha1", "BGPSession", session.name(), session.labels()),
                session.tree(NOTHING_BEFORE));
    }

    private static String statusOnly(String apiVersion, String kind, String name, Map<String, String> labels) {
        ObjectNode object = new JsonMapper()
                .createObjectNode()
                .put("apiVersion", apiVersion)
                .put("kind", kind);
        ObjectNode metadata = object.putObject("metadata").put("name", name).put("namespace", "metallb-system");
        ObjectNode written = metadata.putObject("labels");
        labels.forEach(written::put);
        return object.toString();
    }
}
