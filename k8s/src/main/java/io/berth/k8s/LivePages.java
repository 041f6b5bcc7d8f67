package io.berth.k8s;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.Speaker;
import io.berth.k8s.advertisement.AdvertisementLoop;
import io.berth.k8s.advertisement.AdvertisementSnapshot;
import io.berth.k8s.advertisement.PeerTree;
import io.berth.k8s.advertisement.PlannedRoute;
import io.berth.k8s.advertisement.RouteTree;
import io.berth.k8s.allocation.AllocationLoop;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.plan.Documents;
import io.berth.k8s.plan.Explanation;
import io.berth.k8s.plan.ExplanationTree;
import io.berth.k8s.plan.PlanTree;
import io.berth.k8s.plan.PoolTree;
import io.berth.k8s.plan.ServiceTree;
import io.berth.metrics.Decision;
import io.berth.metrics.Sources;
import io.berth.metrics.http.Api;
import io.berth.metrics.http.Page;
import io.berth.metrics.http.Probes;
import io.berth.metrics.http.Router;
import io.berth.metrics.http.StatusPage;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;

/** What a running process shows of itself: the latest snapshots of its loops and of its speaker, read on any thread. */
record LivePages(AllocationLoop allocation, AdvertisementLoop advertisement, Speaker speaker) {

    /** Where a scrape looks. */
    Sources sources() {
        return new Sources(Version.text(), this::decisions, this::warnings, this::peers);
    }

    /** Every page of the process; the metrics are made elsewhere. */
    Router router(Page metrics) {
        return Router.EMPTY
                .with("/metrics", metrics)
                .with(Probes.of(this::unready))
                .with(StatusPage.pages())
                .with(Api.allocation(
                        () -> json(PlanTree.array(allocation.snapshot().pools(), PoolTree::of)),
                        () -> json(PlanTree.array(allocation.snapshot().services(), ServiceTree::of)),
                        key -> explanation(key).map(found -> Documents.json(ExplanationTree.of(found)))))
                .with(Api.announcement(
                        () -> json(PlanTree.array(peers(), PeerTree::of)),
                        () -> json(PlanTree.array(advertisement.snapshot().routes(), RouteTree::of))));
    }

    private static String json(ArrayNode tree) {
        return Documents.json(tree);
    }

    private List<String> unready() {
        return Stream.concat(allocation.snapshot().unready().stream(), advertisement.snapshot().unready().stream())
                .toList();
    }

    private List<Decision> decisions() {
        return allocation.snapshot().services().stream()
                .flatMap(decided -> decided.counted().stream())
                .toList();
    }

    private List<String> warnings() {
        return Stream.concat(allocation.snapshot().warnings().stream(), advertisement.snapshot().warnings().stream())
                .map(warning -> warning.reason().toString())
                .toList();
    }

    /** Those that the speaker knows, and those that it is not told of. */
    private List<PeerSnapshot> peers() {
        return Stream.concat(speaker.peers().stream(), advertisement.snapshot().unserved().stream())
                .toList();
    }

    private Optional<Explanation> explanation(ServiceKey key) {
        return allocation.snapshot().services().stream()
                .filter(decided -> decided.service().equals(key))
                .findFirst()
                .map(this::explanation);
    }

    private Explanation explanation(Decided decided) {
        AdvertisementSnapshot announcing = advertisement.snapshot();
        List<PlannedRoute> announced = announcing.routes().stream()
                .filter(route -> route.services().contains(decided.service()))
                .toList();
        List<Explanation.OnNode> withheld = announcing.decisions().stream()
                .filter(decision -> decision.service().equals(decided.service()))
                .flatMap(decision -> decision.withheld().stream())
                .map(why -> new Explanation.OnNode(announcing.node(), why))
                .toList();
        return new Explanation(decided, announced, withheld);
    }
}
