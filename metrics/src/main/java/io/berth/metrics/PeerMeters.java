package io.berth.metrics;

import io.berth.bgp.PeerListener;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts what the speaker's event loop tells of its peers. */
public final class PeerMeters implements PeerListener {

    private record Kind(String peer, Direction direction, Message.Type type) {}

    private final Tally transitions = new Tally(Meters.BGP_SESSION_TRANSITIONS);
    private final Tally messages = new Tally(Meters.BGP_MESSAGES);
    private final Tally notifications = new Tally(Meters.BGP_NOTIFICATIONS);
    private final Histogram lag = Durations.of(Meters.BGP_ANNOUNCEMENT_LAG);

    /** The series of {@link #messages}, held on to since there are millions to count; the event loop's alone. */
    private final Map<Kind, LongAdder> held = new HashMap<>();

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to, String reason) {
        transitions.of(peer, to.toString()).increment();
    }

    @Override
    public void message(String peer, Direction direction, Message.Type type) {
        held.computeIfAbsent(new Kind(peer, direction, type), this::series).increment();
    }

    private LongAdder series(Kind kind) {
        return messages.of(kind.peer, label(kind.direction), label(kind.type));
    }

    @Override
    public void notification(String peer, Direction direction, Notification notification) {
        String code = Integer.toString(notification.code());
        String subcode = Integer.toString(notification.subcode());
        notifications.of(peer, label(direction), code, subcode).increment();
    }

    @Override
    public void announced(String peer, Duration time) {
        lag.observe(time.toNanos() / 1e9);
    }

    @Override
    public void removed(String peer) {
        held.keySet().removeIf(kind -> kind.peer.equals(peer));
        transitions.keep(other -> !other.equals(peer));
        messages.keep(other -> !other.equals(peer));
        notifications.keep(other -> !other.equals(peer));
    }

    Histogram lag() {
        return lag;
    }

    /** Adds what was counted, and what stands in these snapshots, from any thread. */
    void sample(List<PeerSnapshot> peers, Samples samples) {
        transitions.sample(samples);
        messages.sample(samples);
        notifications.sample(samples);
        peers.forEach(peer -> sample(peer, samples));
    }

    private static void sample(PeerSnapshot peer, Samples samples) {
        samples.add(Meters.BGP_SESSION_UP, peer.state() == SessionState.ESTABLISHED ? 1 : 0, peer.name());
        for (SessionState state : SessionState.values()) {
            samples.add(Meters.BGP_SESSION_STATE, peer.state() == state ? 1 : 0, peer.name(), state.toString());
        }
        for (Family family : Family.values()) {
            int announced = peer.announced().getOrDefault(family, 0);
            samples.add(Meters.BGP_PREFIXES_ANNOUNCED, announced, peer.name(), label(family));
        }
    }

    private static String label(Family family) {
        return switch (family) {
            case IPV4_UNICAST -> "ipv4";
            case IPV6_UNICAST -> "ipv6";
        };
    }

    private static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
