package io.berth.k8s.live;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.PeerSnapshot;
import io.berth.k8s.advertisement.AdvertisementSnapshot;
import io.berth.k8s.advertisement.Decision;
import io.berth.k8s.advertisement.PeerTree;
import io.berth.k8s.advertisement.PlannedRoute;
import io.berth.k8s.advertisement.RouteTree;
import io.berth.k8s.plan.Explanation;
import io.berth.k8s.plan.ExplanationText;
import io.berth.k8s.plan.ExplanationTree;
import io.berth.metrics.http.Api.Answer;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a process that announces knows, of its own node.
 *
 * @param latest   what it has come to, at any moment and on any thread
 * @param sessions the peers that the speaker knows; so, too
 */
public record Announcing(Supplier<AdvertisementSnapshot> latest, Supplier<List<PeerSnapshot>> sessions) {

    AdvertisementSnapshot snapshot() {
        return latest.get();
    }

    /** Those that the speaker knows, and those that it is not told of, in the order of their names. */
    List<PeerSnapshot> all() {
        return Stream.concat(sessions.get().stream(), snapshot().unserved().stream())
                .sorted(Comparator.comparing(PeerSnapshot::name))
                .toList();
    }

    Answer peers() {
        return Told.unless(starting(snapshot()), all(), PeerTree::of);
    }

    Answer routes() {
        AdvertisementSnapshot now = snapshot();
        return Told.unless(starting(now), now.routes(), RouteTree::of);
    }

    Answer explain(ServiceKey service) {
        AdvertisementSnapshot now = snapshot();
        Optional<ObjectNode> known = now.decisions().stream()
                .filter(decision -> decision.service().equals(service))
                .findFirst()
                .map(_ -> ExplanationTree.ofAnnouncements(service, announced(now, service), withheld(now, service)));
        return Told.unless(
                starting(now),
                known,
                () -> ExplanationText.unknown(service, now.decisions().stream().map(Decision::service)));
    }

    static List<PlannedRoute> announced(AdvertisementSnapshot now, ServiceKey service) {
        return now.routes().stream()
                .filter(route -> route.services().contains(service))
                .toList();
    }

    static List<Explanation.OnNode> withheld(AdvertisementSnapshot now, ServiceKey service) {
        return now.decisions().stream()
                .filter(decision -> decision.service().equals(service))
                .flatMap(decision -> decision.withheld().stream())
                .map(why -> new Explanation.OnNode(now.node(), why))
                .toList();
    }

    /** Why it has nothing to tell yet; nothing once it has, even where that is no longer up to date. */
    static List<String> starting(AdvertisementSnapshot now) {
        return now.node().isEmpty() ? now.unready() : List.of();
    }
}
