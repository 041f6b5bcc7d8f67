package io.berth.k8s.resource;

import io.berth.allocator.Selector;
import io.berth.bgp.AddressLiteral;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A BGPPeer (metallb.io/v1beta2; v1beta1 is brought to this form).
 *
 * @param peerAsn 0 where {@code dynamicASN} takes its place
 * @param peerAddress empty where {@code interface} takes its place
 * @param sourceAddress empty leaves it to the kernel
 * @param routerId empty leaves it to the speaker
 * @param bfdProfile empty for none
 * @param notServed what it asks for and does not get
 */
public record BGPPeer(
        ObjectMeta meta,
        long myAsn,
        long peerAsn,
        String peerAddress,
        int peerPort,
        String sourceAddress,
        String routerId,
        HoldTime holdTime,
        Duration connectTime,
        Multihop multihop,
        AddressFamilies addressFamilies,
        List<Selector> nodeSelectors,
        Password password,
        String bfdProfile,
        List<UnservedOption> notServed)
        implements Resource {

    private static final long MAX_ASN = 0xFFFF_FFFFL;

    /** How far away the peer may be. */
    public enum Multihop {
        /** On the same link, as eBGP has it. */
        DIRECT,
        /** Behind other routers. */
        MULTIHOP
    }

    /** Whose routes the session carries. */
    public enum AddressFamilies {
        /** That of the addresses that it runs between. */
        OF_THE_SESSION,
        BOTH
    }

    /** Where the password of the session is. */
    public sealed interface Password {

        record None() implements Password {}

        /** In the manifest itself. */
        record Plain(String value) implements Password {
            @Override
            public String toString() {
                return "Plain";
            }
        }

        /** In this Secret. */
        record InSecret(String namespace, String name) implements Password {}
    }

    public BGPPeer {
        nodeSelectors = List.copyOf(nodeSelectors);
        notServed = List.copyOf(notServed);
    }

    static BGPPeer from(ObjectMeta meta, Fields root) {
        Fields spec = root.required("spec");
        Duration keepalive = spec.duration("keepaliveTime", Duration.ZERO);
        HoldTime hold = holdTime(spec, keepalive);
        String address = spec.text("peerAddress", "");
        if (address.isEmpty() != spec.has("interface")) {
            spec.error("peerAddress", "exactly one of peerAddress and interface must be set");
        }
        if (!address.isEmpty()) {
            address(spec, "peerAddress", address);
        }
        // Asks for IPv4 and IPv6 routes in sessions of their own, and every session is one of these unless it asks for
        // both.
        spec.flag("disableMP", false);
        String source = spec.text("sourceAddress", "");
        if (!source.isEmpty()) {
            address(spec, "sourceAddress", source);
        }
        var peer = new BGPPeer(
                meta,
                asn(spec, "myASN"),
                peerAsn(spec),
                address,
                port(spec),
                source,
                routerId(spec),
                hold,
                connectTime(spec),
                spec.flag("ebgpMultiHop", false) ? Multihop.MULTIHOP : Multihop.DIRECT,
                spec.flag("dualStackAddressFamily", false) ? AddressFamilies.BOTH : AddressFamilies.OF_THE_SESSION,
                nodeSelectors(spec),
                password(meta, spec),
                spec.text("bfdProfile", ""),
                UnservedOption.in(spec, hold.keepaliveInterval()));
        if (peer.multihop == Multihop.MULTIHOP && peer.isInternal()) {
            spec.error("ebgpMultiHop", "must not be true for a peer in our own AS");
        }
        spec.done();
        return peer;
    }

    private static long peerAsn(Fields spec) {
        String dynamic = spec.text("dynamicASN", "");
        if (dynamic.isEmpty()) {
            return asn(spec, "peerASN");
        }
        if (!dynamic.equals("internal") && !dynamic.equals("external")) {
            spec.error("dynamicASN", "must be internal or external, got '" + dynamic + "'");
        }
        long also = spec.number("peerASN", 0);
        if (also != 0) {
            spec.error("peerASN", "exactly one of peerASN and dynamicASN must be set, got " + also);
        }
        return 0;
    }

    private static long asn(Fields spec, String field) {
        long asn = spec.number(field, 0);
        if (asn < 1 || asn > MAX_ASN) {
            spec.error(field, "must be 1 to " + MAX_ASN + ", got " + asn);
            return 1;
        }
        return asn;
    }

    private static int port(Fields spec) {
        int port = spec.integer("peerPort", 179);
        if (port == 0) {
            return 179; // v1beta1 allows it and means the default
        }
        if (port < 1 || port > 65535) {
            spec.error("peerPort", "must be 1 to 65535, got " + port);
            return 179;
        }
        return port;
    }

    private static void address(Fields spec, String field, String text) {
        try {
            InetAddress parsed = AddressLiteral.parse(text);
            if (parsed.isAnyLocalAddress() || parsed.isMulticastAddress()) {
                spec.error(field, "must be the address of a host, got '" + text + "'");
            }
        } catch (IllegalArgumentException e) {
            spec.error(field, "must be an IP address, got '" + text + "'");
        }
    }

    private static String routerId(Fields spec) {
        String text = spec.text("routerID", "");
        try {
            if (!text.isEmpty()) {
                BgpIdentifier.parse(text);
            }
            return text;
        } catch (IllegalArgumentException e) {
            spec.error("routerID", "must be a non-zero dotted quad, got '" + text + "'");
            return "";
        }
    }

    /** Where only the keepalive time is given the hold time is three times that; a third of it is what we send in any case. */
    private static HoldTime holdTime(Fields spec, Duration keepalive) {
        Duration fallback = keepalive.isZero() ? HoldTime.DEFAULT.duration() : keepalive.multipliedBy(3);
        Duration hold = spec.duration("holdTime", fallback);
        if (!HoldTime.isAcceptable(Math.toIntExact(Math.min(hold.toSeconds(), Integer.MAX_VALUE)))
                || hold.toSeconds() == 0 && !hold.isZero()) {
            spec.error("holdTime", "must be 0s or 3s to 65535s, got " + spec.text("holdTime", hold.toSeconds() + "s"));
            return HoldTime.DEFAULT;
        }
        if (keepalive.compareTo(hold) > 0 && !hold.isZero()) {
            spec.error(
                    "keepaliveTime",
                    "must not be longer than the hold time of " + hold.toSeconds() + "s, got " + keepalive.toSeconds()
                            + "s");
        }
        return new HoldTime((int) hold.toSeconds());
    }

    private static Duration connectTime(Fields spec) {
        Duration time = spec.duration("connectTime", Duration.ofSeconds(1));
        if (time.toSeconds() < 1 || time.toSeconds() > 65535) {
            spec.error("connectTime", "must be 1s to 65535s, got " + time.toSeconds() + "s");
            return Duration.ofSeconds(1);
        }
        return time;
    }

    /** v1beta1 writes its selectors in a form of its own, with the same fields. */
    private static List<Selector> nodeSelectors(Fields spec) {
        return LabelSelectors.all(spec, "nodeSelectors");
    }

    private static Password password(ObjectMeta meta, Fields spec) {
        String plain = spec.secret("password");
        Fields reference = spec.object("passwordSecret");
        String secret = reference.text("name", "");
        String namespace = reference.text("namespace", meta.namespace());
        reference.done();
        if (secret.isEmpty() && !reference.isEmpty()) {
            reference.error("name", "is missing: the session would have no password");
        }
        if (!plain.isEmpty() && !secret.isEmpty()) {
            spec.error("password", "only one of password and passwordSecret may be set");
        }
        if (!secret.isEmpty()) {
            return new Password.InSecret(namespace, secret);
        }
        return plain.isEmpty() ? new Password.None() : new Password.Plain(plain);
    }

    /** Whether a node with these labels has a session with this peer. */
    public boolean selectsNode(Map<String, String> labels) {
        return nodeSelectors.isEmpty() || nodeSelectors.stream().anyMatch(selector -> selector.matches(labels));
    }

    /** Whether the peer is in our own AS. */
    public boolean isInternal() {
        return myAsn == peerAsn;
    }
}
