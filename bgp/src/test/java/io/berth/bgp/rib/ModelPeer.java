package io.berth.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.Prefix;
import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.codec.Wire;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.message.Update;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A router that believes what it is told, and holds it against us when that is not what it should have been told. */
final class ModelPeer {

    /** Our own addresses in the session with it. */
    static final List<InetAddress> SELF =
            List.of(AddressLiteral.parse("192.0.2.1"), AddressLiteral.parse("2001:db8::1"));

    /** What it knows of a prefix. */
    record Known(InetAddress nextHop, List<PathAttribute> attributes) {}

    private final AdjRibOut out;
    private final Map<Prefix, Known> table = new HashMap<>();
    private final List<Message> messages = new ArrayList<>();
    private Negotiated session;

    /** Comes up at once. */
    ModelPeer(AdjRibOut out, Negotiated session, long nowNanos) {
        this.out = out;
        this.session = session;
        connect(session, nowNanos);
    }

    /** Loses the session if there is one, and gets a new one. */
    void connect(Negotiated next, long nowNanos) {
        table.clear();
        messages.clear();
        session = next;
        out.open(new Session(next, SELF), nowNanos);
    }

    /** Loses the session and stays away. */
    void disconnect() {
        table.clear();
        messages.clear();
        out.close();
    }

    AdjRibOut out() {
        return out;
    }

    Negotiated session() {
        return session;
    }

    Map<Prefix, Known> table() {
        return table;
    }

    /** Whatever came since this was asked last. */
    List<Message> messages() {
        List<Message> since = List.copyOf(messages);
        messages.clear();
        return since;
    }

    List<Update> updates() {
        return messages().stream()
                .filter(Update.class::isInstance)
                .map(Update.class::cast)
                .toList();
    }

    /** Takes all that it is owed. */
    List<AdjRibOut.Unannounced> pullAll() {
        List<AdjRibOut.Unannounced> unannounced = new ArrayList<>();
        while (out.isOwed()) {
            unannounced.addAll(pull(1 << 16));
        }
        return unannounced;
    }

    /** Takes about so many octets. */
    List<AdjRibOut.Unannounced> pull(int budget) {
        ByteBuf octets = Unpooled.buffer();
        AdjRibOut.Pulled pulled = out.pull(octets, budget);
        assertThat(octets.readableBytes()).isLessThanOrEqualTo(budget + 2 * session.maxSent());
        List<Message> received = Wire.received(octets, session, session.maxSent());
        assertThat(received.stream().filter(Update.class::isInstance)).hasSize(pulled.updates());
        received.forEach(this::take);
        return pulled.unannounced();
    }

    private void take(Message message) {
        messages.add(message);
        switch (message) {
            case Update update -> apply(update);
            case RouteRefresh _ -> {
                // A marker.
            }
            default -> throw new AssertionError(message);
        }
    }

    private void apply(Update update) {
        assertThat(update.errors()).isEmpty();
        int kinds =
                (update.withdrawn().isEmpty() ? 0 : 1) + update.announcements().size();
        assertThat(kinds).as("kinds of prefixes in one message").isLessThanOrEqualTo(1);
        List<Prefix> prefixes = everyPrefix(update);
        assertThat(new HashSet<>(prefixes)).as("prefixes of one message").hasSameSizeAs(prefixes);
        update.withdrawn()
                .forEach(prefix -> assertThat(table.remove(prefix))
                        .as("what is withdrawn was there")
                        .isNotNull());
        update.announcements()
                .forEach(announcement -> announcement
                        .prefixes()
                        .forEach(prefix -> table.put(prefix, new Known(announcement.nextHop(), update.attributes()))));
    }

    private static List<Prefix> everyPrefix(Update update) {
        return Stream.concat(
                        update.withdrawn().stream(),
                        update.announcements().stream().flatMap(announcement -> announcement.prefixes().stream()))
                .toList();
    }

    /** How many prefixes of a family it knows. */
    int known(Family family) {
        return (int) table.keySet().stream()
                .filter(prefix -> Family.of(prefix) == family)
                .count();
    }
}
