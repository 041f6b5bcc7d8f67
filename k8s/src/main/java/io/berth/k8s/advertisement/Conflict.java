package io.berth.k8s.advertisement;

import io.berth.bgp.Prefix;
import io.berth.k8s.resource.Warning;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Advertisements that do not agree on the LOCAL_PREF of a prefix towards a peer.
 *
 * @param advertisements in the order of their names
 * @param localPrefs what they say, the lowest first: that is the one which is used
 */
record Conflict(String peer, Prefix prefix, List<String> advertisements, List<Long> localPrefs) {

    /** The same contradiction, however many prefixes it is about. */
    private record Contradiction(List<String> advertisements, List<Long> localPrefs) {}

    Conflict {
        advertisements = List.copyOf(advertisements);
        localPrefs = List.copyOf(localPrefs);
    }

    /** One warning for each contradiction, not one for each prefix, peer and node that it is met at. */
    static List<Warning> warnings(Collection<Conflict> conflicts) {
        Map<Contradiction, Set<Prefix>> prefixes = new LinkedHashMap<>();
        Map<Contradiction, Set<String>> peers = new LinkedHashMap<>();
        for (Conflict conflict : conflicts) {
            Contradiction contradiction = new Contradiction(conflict.advertisements, conflict.localPrefs);
            prefixes.computeIfAbsent(contradiction, _ -> new LinkedHashSet<>()).add(conflict.prefix);
            peers.computeIfAbsent(contradiction, _ -> new LinkedHashSet<>()).add(conflict.peer);
        }
        return prefixes.entrySet().stream()
                .map(entry -> warning(entry.getKey(), entry.getValue(), peers.getOrDefault(entry.getKey(), Set.of())))
                .toList();
    }

    private static Warning warning(Contradiction contradiction, Set<Prefix> prefixes, Set<String> peers) {
        String localPrefs =
                contradiction.localPrefs.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return new Warning(
                Warning.Reason.CONFLICTING_ADVERTISEMENTS,
                "BGPAdvertisement/" + contradiction.advertisements.getFirst(),
                String.join(" and ", contradiction.advertisements) + " give "
                        + prefixes.iterator().next()
                        + (prefixes.size() == 1 ? "" : " and " + (prefixes.size() - 1) + " more")
                        + " different localPref (" + localPrefs + ") towards " + String.join(", ", peers)
                        + "; the lower, " + contradiction.localPrefs.getFirst()
                        + ", is used: give them one localPref, or other peers");
    }
}
