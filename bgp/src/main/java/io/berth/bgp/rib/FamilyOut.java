package io.berth.bgp.rib;

import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.codec.AttributeBlock;
import io.berth.bgp.codec.Nlri;
import io.berth.bgp.codec.UpdateWriter;
import io.berth.bgp.message.Family;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * One family of one peer's Adj-RIB-Out: an int for what was sent of each prefix, and two bits for what is still owed.
 *
 * <p>What is owed is found anew when it is about to be sent, so a prefix that changed a hundred times since is sent once, and one
 * that changed back is not sent at all. A pull takes the owed prefixes of one window in the order of their numbers, withdrawals
 * before announcements, groups the announced ones by what is said of them, and leaves what would only fill part of a message to
 * the next window as long as there is one.
 */
final class FamilyOut {

    /** Nothing was sent, or it was withdrawn. */
    private static final int ABSENT = -1;
    /** Something was sent, but it has to be sent again whatever it was. */
    private static final int STALE = -2;

    private final String peer;
    private final Family family;
    private final FamilyRib rib;

    private final BitSet toWithdraw = new BitSet();
    private final BitSet toAnnounce = new BitSet();
    private int[] sent = new int[0];
    private int announced;
    private Optional<Session> session = Optional.empty();
    private OptionalLong owedSince = OptionalLong.empty();

    /** Attribute sets of the running session by number; the same attributes have one number. */
    private final Map<RouteAttributes, Integer> numbers = new HashMap<>();

    private final List<AttributeBlock> blocks = new ArrayList<>();

    FamilyOut(String peer, Family family, FamilyRib rib) {
        this.peer = peer;
        this.family = family;
        this.rib = rib;
        rib.attach(this);
    }

    /** A session begins: the peer has nothing, and everything that is wanted is owed. */
    void open(Session opened, long nowNanos) {
        session = Optional.of(opened);
        markAll(nowNanos);
    }

    /** A session is over: the peer has nothing, and nothing is owed to it. */
    void close() {
        session = Optional.empty();
        toWithdraw.clear();
        toAnnounce.clear();
        sent = new int[0];
        announced = 0;
        owedSince = OptionalLong.empty();
        numbers.clear();
        blocks.clear();
        rib.forgetUnused();
    }

    /** The peer is gone for good. */
    void detach() {
        close();
        rib.detach(this);
    }

    /** Everything is owed again, whether the peer has it or not (RFC 2918 section 4). */
    void refresh(long nowNanos) {
        for (int id = 0; id < sent.length; id++) {
            if (sent[id] != ABSENT) {
                sent[id] = STALE;
            }
        }
        markAll(nowNanos);
    }

    private void markAll(long nowNanos) {
        for (int id = 0; id < rib.bound(); id++) {
            if (rib.isClaimed(id)) {
                mark(id, nowNanos);
            }
        }
    }

    /** What is wanted of this prefix may have changed. */
    void mark(int id, long nowNanos) {
        if (session.isEmpty()) {
            return;
        }
        boolean wanted = rib.wanted(id, peer).isPresent();
        toAnnounce.set(id, wanted);
        toWithdraw.set(id, !wanted && sent(id) != ABSENT);
        if (owedSince.isEmpty() && isOwed()) {
            owedSince = OptionalLong.of(nowNanos);
        }
    }

    /** When the oldest of what is owed came to be owed. */
    OptionalLong owedSince() {
        return owedSince;
    }

    boolean holds(int id) {
        return sent(id) != ABSENT || toWithdraw.get(id) || toAnnounce.get(id);
    }

    boolean isOwed() {
        return !toWithdraw.isEmpty() || !toAnnounce.isEmpty();
    }

    int owed() {
        return toWithdraw.cardinality() + toAnnounce.cardinality();
    }

    int announced() {
        return announced;
    }

    /** Writes what one window of owed prefixes needs; {@code window} is how many of them to look at. */
    void pull(UpdateWriter writer, int window, List<AdjRibOut.Unannounced> refused) {
        if (!toWithdraw.isEmpty()) {
            withdrawals(writer, window);
        } else {
            announcements(session.orElseThrow(), writer, window, refused);
        }
        if (!isOwed()) {
            owedSince = OptionalLong.empty();
        }
    }

    private void withdrawals(UpdateWriter writer, int window) {
        List<Prefix> prefixes = new ArrayList<>();
        for (int id = toWithdraw.nextSetBit(0);
                id >= 0 && prefixes.size() < window;
                id = toWithdraw.nextSetBit(id + 1)) {
            prefixes.add(rib.prefix(id));
            toWithdraw.clear(id);
            remember(id, ABSENT);
            rib.forgetIfUnused(id);
        }
        writer.withdraw(family, Nlri.of(prefixes));
    }

    private void announcements(Session session, UpdateWriter writer, int window, List<AdjRibOut.Unannounced> refused) {
        Map<Integer, List<Integer>> groups = new TreeMap<>();
        int looked = 0;
        int id = toAnnounce.nextSetBit(0);
        for (; id >= 0 && looked < window; id = toAnnounce.nextSetBit(id + 1), looked++) {
            Optional<RouteAttributes> wanted = rib.wanted(id, peer);
            int number = number(wanted.orElseThrow(), session);
            if (number == sent(id)) {
                toAnnounce.clear(id);
            } else if (blocks.get(number) instanceof AttributeBlock.Unannounceable(String reason)) {
                refuse(id, reason, refused);
            } else {
                groups.computeIfAbsent(number, _ -> new ArrayList<>()).add(id);
            }
        }
        boolean last = id < 0;
        groups.forEach((number, ids) -> announce(session, writer, number, ids, last));
    }

    /** A route that cannot be said to this peer is withdrawn if the peer has an older form of it: never a stale route. */
    private void refuse(int id, String reason, List<AdjRibOut.Unannounced> refused) {
        refused.add(new AdjRibOut.Unannounced(rib.prefix(id), reason));
        toAnnounce.clear(id);
        toWithdraw.set(id, sent(id) != ABSENT);
    }

    private void announce(Session session, UpdateWriter writer, int number, List<Integer> ids, boolean last) {
        var block = (AttributeBlock.Encoded) blocks.get(number);
        int perMessage = UpdateWriter.roomForPrefixes(block, session.maxMessage()) / (1 + family.addressLength());
        int whole = ids.size() / perMessage * perMessage;
        List<Integer> now = last || whole == 0 ? ids : ids.subList(0, whole);
        writer.announce(block, Nlri.of(now.stream().map(rib::prefix).toList()));
        for (int id : now) {
            toAnnounce.clear(id);
            remember(id, number);
        }
    }

    private int number(RouteAttributes attributes, Session session) {
        return numbers.computeIfAbsent(attributes, _ -> {
            AttributeBlock block = AttributeBlock.of(attributes, family, session.negotiated(), session.self());
            boolean tooLong = block instanceof AttributeBlock.Encoded encoded
                    && !UpdateWriter.fits(encoded, session.maxMessage());
            blocks.add(
                    tooLong ? new AttributeBlock.Unannounceable("its attributes do not fit into one message") : block);
            return blocks.size() - 1;
        });
    }

    private int sent(int id) {
        return id < sent.length ? sent[id] : ABSENT;
    }

    private void remember(int id, int number) {
        if (id >= sent.length) {
            int old = sent.length;
            sent = Arrays.copyOf(sent, Math.max(id + 1, rib.bound()));
            Arrays.fill(sent, old, sent.length, ABSENT);
        }
        announced += (number == ABSENT ? 0 : 1) - (sent[id] == ABSENT ? 0 : 1);
        sent[id] = number;
    }
}
