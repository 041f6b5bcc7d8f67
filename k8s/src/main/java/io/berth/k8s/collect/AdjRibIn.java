package io.berth.k8s.collect;

import io.berth.bgp.PeerListener;
import io.berth.bgp.Prefix;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Update;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Which prefixes each peer has announced (RFC 4271 section 3.2), so that the end of a session can be told as what it means: all of
 * its routes are gone. Everything happens on the speaker's thread.
 */
public final class AdjRibIn implements PeerListener {

    private final Consumer<Change> told;
    private final Map<String, Set<Prefix>> prefixes = new HashMap<>();

    /** @param told hears of every change, in order */
    public AdjRibIn(Consumer<Change> told) {
        this.told = told;
    }

    @Override
    public void updateReceived(String peer, Update update) {
        Set<Prefix> known = prefixes.computeIfAbsent(peer, _ -> new TreeSet<>());
        for (Prefix prefix : update.withdrawn()) {
            if (known.remove(prefix)) {
                told.accept(new Change.Withdrawn(peer, prefix));
            }
        }
        for (Update.Announcement announcement : update.announcements()) {
            for (Prefix prefix : announcement.prefixes()) {
                known.add(prefix);
                told.accept(new Change.Announced(peer, prefix, announcement.nextHop(), update.attributes()));
            }
        }
        update.endOfRib().forEach(family -> told.accept(new Change.EndOfRib(peer, family)));
    }

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to, String reason) {
        if (from == SessionState.ESTABLISHED) {
            Set<Prefix> lost = prefixes.remove(peer);
            if (lost != null) {
                lost.forEach(prefix -> told.accept(new Change.Withdrawn(peer, prefix)));
            }
        }
        told.accept(new Change.State(peer, to, reason));
    }

    @Override
    public void removed(String peer) {
        prefixes.remove(peer);
    }
}
