package io.berth.bgp.rib;

import io.berth.bgp.RouteAttributes;
import io.berth.bgp.codec.AttributeBlock;
import io.berth.bgp.codec.AttributeBlock.Encoded;
import io.berth.bgp.codec.AttributeBlock.Unannounceable;
import io.berth.bgp.codec.UpdateWriter;
import io.berth.bgp.message.Family;
import io.berth.bgp.rib.AdjRibOut.Unannounced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * One family of one peer's Adj-RIB-Out: for each row an int for what was sent, and a bit in each of two backlogs.
 *
 * <p>What is owed is found anew when it is about to be sent, so a prefix that changed a hundred times since is sent once, and one
 * that changed back is not sent at all. The owed rows of one window are grouped by what is said of them. Of a group that fills
 * whole messages the rest is left to the next window, where others may join it.
 */
final class FamilyOut {

    /** Nothing was sent, or it was withdrawn. */
    private static final int ABSENT = -1;

    /** Something was sent, but it has to be sent again whatever it was. */
    private static final int STALE = -2;

    private static final int NO_OFFER = -1;

    private final String peer;
    private final Family family;
    private final FamilyRib rib;

    private final Backlog withdrawals = new Backlog();
    private final Backlog announcements = new Backlog();

    /** What the wire says of routes in this session; each is in use as often as it was sent. */
    private Numbers<AttributeBlock> blocks = new Numbers<>();

    private int[] sent = new int[0];
    private int announced;
    private Optional<Session> session = Optional.empty();

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
        withdrawals.clear();
        announcements.clear();
        blocks = new Numbers<>();
        sent = new int[0];
        announced = 0;
        rib.forgetUnused();
    }

    /** The peer is gone for good. */
    void detach() {
        rib.detach(this);
    }

    /** Everything is owed again, whether the peer has it or not (RFC 2918 section 4). */
    void refresh(long nowNanos) {
        for (int row = 0; row < sent.length; row++) {
            if (sent[row] != ABSENT) {
                remember(row, STALE);
            }
        }
        markAll(nowNanos);
    }

    private void markAll(long nowNanos) {
        for (int row = 0; row < rib.prefixes().bound(); row++) {
            if (rib.isClaimed(row)) {
                mark(row, nowNanos);
            }
        }
    }

    /** What is wanted of this row may have changed. */
    void mark(int row, long nowNanos) {
        if (session.isEmpty()) {
            return;
        }
        if (rib.offer(row).to(peer).isPresent()) {
            withdrawals.remove(row);
            announcements.add(row, nowNanos);
        } else {
            announcements.remove(row);
            if (has(row)) {
                withdrawals.add(row, nowNanos);
            }
        }
    }

    /** Whether the peer has some form of this row's prefix. */
    boolean has(int row) {
        return sent(row) != ABSENT;
    }

    boolean owesWithdrawals() {
        return !withdrawals.isEmpty();
    }

    boolean owesAnnouncements() {
        return !announcements.isEmpty();
    }

    int owed() {
        return withdrawals.size() + announcements.size();
    }

    /** When the oldest of what is owed came to be owed, or a little earlier. */
    LongStream owedSince() {
        return LongStream.concat(withdrawals.oldest().stream(), announcements.oldest().stream());
    }

    int announced() {
        return announced;
    }

    /** Writes withdrawals, at most so many and at least one. */
    void withdraw(UpdateWriter writer, int most) {
        Rows rows = withdrawals.next(most, rib.prefixes());
        writer.withdraw(family, rows);
        for (int i = 0; i < rows.size(); i++) {
            withdrawals.remove(rows.get(i));
            remember(rows.get(i), ABSENT);
            rib.forgetIfUnused(rows.get(i));
        }
        withdrawals.continueAt(rows.last() + 1);
    }

    /**
     * Looks at announcements that are owed, at most so many, and writes those that turn out to be needed, about as many octets
     * as said.
     *
     * @return the routes that cannot be said to this peer
     */
    List<Unannounced> announce(UpdateWriter writer, int octets, int most) {
        List<Unannounced> unannounced = new ArrayList<>();
        int full = writer.octets() + octets;
        Rows window = announcements.next(most, rib.prefixes());
        boolean last = window.size() == announcements.size();
        var wording = new Wording(session.orElseThrow());
        int position = window.last() + 1;
        for (Map.Entry<Integer, Rows> group :
                grouped(window, wording, unannounced).entrySet()) {
            Rows rows = group.getValue();
            int written = writer.octets() < full ? write(writer, group.getKey(), rows, last) : 0;
            for (int i = 0; i < written; i++) {
                announcements.remove(rows.get(i));
                remember(rows.get(i), group.getKey());
            }
            position = written < rows.size() ? Math.min(position, rows.get(written)) : position;
        }
        announcements.continueAt(position);
        wording.release();
        return unannounced;
    }

    /** By what is to be said of them; without the rows of which the peer knows it, or cannot be told. */
    private SortedMap<Integer, Rows> grouped(Rows window, Wording wording, List<Unannounced> unannounced) {
        SortedMap<Integer, Rows> groups = new TreeMap<>();
        for (int i = 0; i < window.size(); i++) {
            int row = window.get(i);
            int number = wording.number(row);
            if (number == sent(row)) {
                announcements.remove(row);
            } else if (blocks.value(number) instanceof Unannounceable(String reason)) {
                unannounced.add(new Unannounced(rib.prefixes().prefix(row), reason));
                refuse(row);
            } else {
                groups.computeIfAbsent(number, _ -> new Rows(rib.prefixes())).add(row);
            }
        }
        return groups;
    }

    /** A route that cannot be said to this peer is withdrawn where the peer has an older form of it: never a stale route. */
    private void refuse(int row) {
        if (has(row)) {
            withdrawals.add(row, announcements.oldest().orElseThrow());
        }
        announcements.remove(row);
    }

    /** Writes the whole messages that the rows fill, or all of them; returns how many rows were written. */
    private int write(UpdateWriter writer, int number, Rows rows, boolean last) {
        var block = (Encoded) blocks.value(number);
        int written = last ? 0 : writer.announceWholeMessages(block, rows);
        if (written > 0) {
            return written;
        }
        writer.announce(block, rows);
        return rows.size();
    }

    private int sent(int row) {
        return row < sent.length ? sent[row] : ABSENT;
    }

    private void remember(int row, int number) {
        int before = sent(row);
        if (row >= sent.length) {
            int length = sent.length;
            sent = Arrays.copyOf(sent, rib.prefixes().capacity());
            Arrays.fill(sent, length, sent.length, ABSENT);
        }
        sent[row] = number;
        announced += (number == ABSENT ? 0 : 1) - (before == ABSENT ? 0 : 1);
        if (number >= 0) {
            blocks.acquire(number);
        }
        if (before >= 0) {
            blocks.release(before);
        }
    }

    /** The numbers of the blocks that say what the offers of one window want; they are held until its end. */
    private final class Wording {

        private final Session session;
        private final Map<Integer, Integer> byOffer = new HashMap<>();
        private final Map<RouteAttributes, Integer> byAttributes = new HashMap<>();
        private int latestOffer = NO_OFFER;
        private int latestNumber;

        Wording(Session session) {
            this.session = session;
        }

        /** Most rows want what the one before wants. */
        int number(int row) {
            int offer = rib.offerNumber(row);
            if (offer != latestOffer) {
                latestOffer = offer;
                latestNumber = byOffer.computeIfAbsent(offer, _ -> number(rib.offer(row)));
            }
            return latestNumber;
        }

        private int number(Offer offer) {
            return byAttributes.computeIfAbsent(offer.to(peer).orElseThrow(), this::number);
        }

        private int number(RouteAttributes attributes) {
            int number = blocks.number(block(attributes));
            blocks.acquire(number);
            return number;
        }

        private AttributeBlock block(RouteAttributes attributes) {
            AttributeBlock block = AttributeBlock.of(attributes, family, session.negotiated(), session.self());
            return block instanceof Encoded encoded && !UpdateWriter.fits(encoded, session.maxMessage())
                    ? new Unannounceable("its attributes do not fit into one message")
                    : block;
        }

        void release() {
            byAttributes.values().forEach(blocks::release);
        }
    }
}
