package io.berth.bgp.rib;

import io.berth.bgp.Prefix;
import io.berth.bgp.codec.Negotiated.Refresh;
import io.berth.bgp.codec.UpdateWriter;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.message.RouteRefresh.Subtype;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What one peer has, and what it is still owed (RFC 4271 section 3.2). Nobody queues messages for a peer: the shell pulls the
 * next ones when the socket can take them. A slow peer costs a few bits a prefix, however often the routes change meanwhile.
 */
public final class AdjRibOut {

    /** A route that this peer cannot be told, and why. */
    public record Unannounced(Prefix prefix, String reason) {}

    /**
     * What one {@link #pull} came to.
     *
     * @param updates how many UPDATEs were written
     * @param unannounced routes that cannot be said to this peer; if it had an older form of one, that is withdrawn
     */
    public record Pulled(int updates, List<Unannounced> unannounced) {
        public Pulled {
            unannounced = List.copyOf(unannounced);
        }
    }

    private final String peer;
    private final PerFamily<FamilyOut> families;
    private final Set<Family> endOfRibOwed = EnumSet.noneOf(Family.class);
    private final Set<Family> refreshBeginOwed = EnumSet.noneOf(Family.class);
    private final Set<Family> refreshEndOwed = EnumSet.noneOf(Family.class);
    private Optional<Session> session = Optional.empty();

    AdjRibOut(String peer, PerFamily<FamilyRib> ribs) {
        this.peer = peer;
        this.families = new PerFamily<>(family -> new FamilyOut(peer, family, ribs.get(family)));
    }

    public String peer() {
        return peer;
    }

    /**
     * The session is Established: all that is wanted is owed, and after it an End-of-RIB for each family, which does no harm to
     * a peer that has not asked for it (RFC 4724 section 2).
     */
    public void open(Session opened, long nowNanos) {
        close();
        session = Optional.of(opened);
        for (Family family : opened.negotiated().families()) {
            families.get(family).open(opened, nowNanos);
            endOfRibOwed.add(family);
        }
    }

    /** The session is gone, and what it had been told with it. */
    public void close() {
        session = Optional.empty();
        families.values().forEach(FamilyOut::close);
        endOfRibOwed.clear();
        refreshBeginOwed.clear();
        refreshEndOwed.clear();
    }

    /**
     * The peer asks for everything again (RFC 2918). Where both know it the answer stands between markers (RFC 7313), but not
     * before the first End-of-RIB.
     */
    public void refresh(Family family, long nowNanos) {
        session.filter(open -> open.negotiated().families().contains(family)).ifPresent(open -> {
            if (open.negotiated().refresh() == Refresh.ENHANCED && !endOfRibOwed.contains(family)) {
                refreshBeginOwed.add(family);
                refreshEndOwed.add(family);
            }
            families.get(family).refresh(nowNanos);
        });
    }

    void detach() {
        close();
        families.values().forEach(FamilyOut::detach);
    }

    /** Whether {@link #pull} has anything to write. */
    public boolean isOwed() {
        return owed() > 0 || !endOfRibOwed.isEmpty() || !refreshBeginOwed.isEmpty() || !refreshEndOwed.isEmpty();
    }

    /**
     * When the oldest route that is owed came to be owed, by the clock that was handed in, or a little earlier; empty when none
     * is.
     */
    public OptionalLong owedSince() {
        return families.values().stream().flatMapToLong(FamilyOut::owedSince).min();
    }

    /** How many prefixes the peer has been told of and that were not withdrawn. */
    public int announced(Family family) {
        return families.get(family).announced();
    }

    /** How many prefixes wait to be announced or withdrawn. */
    public int owed() {
        return families.values().stream().mapToInt(FamilyOut::owed).sum();
    }

    /**
     * Writes the next messages one behind the other, about as many octets as {@code budget} says and at least one message;
     * nothing where nothing is owed. Withdrawals come before everything else.
     */
    public Pulled pull(ByteBuf out, int budget) {
        if (session.isEmpty()) {
            return new Pulled(0, List.of());
        }
        var writer = new UpdateWriter(session.get().maxMessage(), out);
        List<Unannounced> unannounced = new ArrayList<>();
        while (isOwed() && writer.octets() < budget) {
            int octets = Math.max(session.get().maxMessage(), budget - writer.octets());
            if (!withdraw(writer, octets)) {
                announce(writer, octets, unannounced);
            }
        }
        return new Pulled(writer.messages(), unannounced);
    }

    /** Whether there was anything to withdraw. */
    private boolean withdraw(UpdateWriter writer, int octets) {
        for (Family family : Family.values()) {
            FamilyOut routes = families.get(family);
            if (routes.owesWithdrawals()) {
                routes.withdraw(writer, hostRoutes(family, octets));
                return true;
            }
        }
        return false;
    }

    /** The first thing that is owed besides withdrawals, and all markers that stand around it. */
    private void announce(UpdateWriter writer, int octets, List<Unannounced> unannounced) {
        for (Family family : Family.values()) {
            FamilyOut routes = families.get(family);
            if (refreshBeginOwed.remove(family)) {
                writer.marker(RouteRefresh.of(family, Subtype.BEGIN));
            }
            if (routes.owesAnnouncements()) {
                unannounced.addAll(routes.announce(writer, octets, hostRoutes(family, octets)));
                return;
            }
            if (endOfRibOwed.remove(family)) {
                writer.endOfRib(family);
            }
            if (refreshEndOwed.remove(family)) {
                writer.marker(RouteRefresh.of(family, Subtype.END));
            }
        }
    }

    /** How many host routes so many octets hold. */
    private static int hostRoutes(Family family, int octets) {
        return octets / (1 + family.addressLength());
    }
}
