package io.berth.k8s.advertisement;

import io.berth.bgp.PeerSnapshot;
import io.berth.k8s.resource.Warning;
import java.util.List;

/**
 * What the advertisement loop has come to, at one moment; immutable, for whoever shows it.
 *
 * @param node the name of ours; empty while it is not known
 * @param unready why nobody may rely on what is announced yet, one reason each; none once it is the whole of it
 * @param decisions on every service, in the order of their names
 * @param routes what is announced, in the order of prefixes and peers
 * @param unserved peers that the speaker is not told of
 * @param warnings about advertisements that contradict each other
 */
public record AdvertisementSnapshot(
        String node,
        List<String> unready,
        List<Decision> decisions,
        List<PlannedRoute> routes,
        List<PeerSnapshot> unserved,
        List<Warning> warnings) {

    /** Before the world was seen for the first time. */
    public static final AdvertisementSnapshot EMPTY = new AdvertisementSnapshot(
            "",
            List.of("announcement: the first full set of routes has not been handed to the speaker yet"),
            List.of(),
            List.of(),
            List.of(),
            List.of());

    public AdvertisementSnapshot {
        unready = List.copyOf(unready);
        decisions = List.copyOf(decisions);
        routes = List.copyOf(routes);
        unserved = List.copyOf(unserved);
        warnings = List.copyOf(warnings);
    }
}
