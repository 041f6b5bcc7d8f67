package io.berth.k8s.collect;

import io.berth.bgp.Prefix;
import io.berth.bgp.message.Update;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each peer has announced and not withdrawn (RFC 4271 section 3.2), so that the end of a session can be told as what it
 * means: all of its routes are gone.
 */
final class AdjRibIn {

    private final Map<String, Map<Prefix, Change.Announced>> routes = new HashMap<>();

    /** Takes an UPDATE in, and tells what it changes: a route that is announced again counts, one that never was does not go. */
    List<Change> update(String peer, Update update) {
        Map<Prefix, Change.Announced> ofPeer = routes.computeIfAbsent(peer, _ -> new HashMap<>());
        List<Change> changes = new ArrayList<>();
        for (Prefix prefix : update.withdrawn()) {
            if (ofPeer.remove(prefix) != null) {
                changes.add(new Change.Withdrawn(peer, prefix));
            }
        }
        for (Update.Announcement announcement : update.announcements()) {
            for (Prefix prefix : announcement.prefixes()) {
                var route = new Change.Announced(peer, prefix, announcement.nextHop(), update.attributes());
                ofPeer.put(prefix, route);
                changes.add(route);
            }
        }
        update.endOfRib().forEach(family -> changes.add(new Change.EndOfRib(peer, family)));
        return changes;
    }

    /** The session has ended, and its routes with it. */
    List<Change> lose(String peer) {
        Map<Prefix, Change.Announced> lost = routes.remove(peer);
        return lost == null
                ? List.of()
                : lost.keySet().stream()
                        .sorted()
                        .<Change>map(prefix -> new Change.Withdrawn(peer, prefix))
                        .toList();
    }

    /** All routes, in the order of their prefixes. */
    List<Change.Announced> routes() {
        return routes.values().stream()
                .flatMap(ofPeer -> ofPeer.values().stream())
                .sorted(Comparator.comparing(Change.Announced::prefix).thenComparing(Change.Announced::peer))
                .toList();
    }
}
