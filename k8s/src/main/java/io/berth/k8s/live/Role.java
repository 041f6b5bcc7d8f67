package io.berth.k8s.live;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.PeerSnapshot;
import io.berth.k8s.advertisement.AdvertisementSnapshot;
import io.berth.k8s.allocation.AllocationSnapshot;
import io.berth.k8s.plan.Explanation;
import io.berth.k8s.plan.ExplanationTree;
import io.berth.k8s.resource.Warning;
import io.berth.metrics.Decision;
import io.berth.metrics.http.Api;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a process does, and so what it can be asked. */
public sealed interface Role extends Api {

    /** {@code berth controller}: it allocates, and knows nothing of sessions and routes. */
    record Controller(Allocating allocation) implements Role {}

    /** {@code berth speaker}: it announces from its node, and knows nothing of pools. */
    record Speaker(Announcing announcement) implements Role {}

    /** {@code berth run}: both halves in one process. */
    record Both(Allocating allocation, Announcing announcement) implements Role {}

    @Override
    default Answer pools() {
        return ofAllocation(Allocating::pools);
    }

    @Override
    default Answer allocations() {
        return ofAllocation(Allocating::allocations);
    }

    @Override
    default Answer peers() {
        return ofAnnouncement(Announcing::peers);
    }

    @Override
    default Answer routes() {
        return ofAnnouncement(Announcing::routes);
    }

    @Override
    default Answer explain(ServiceKey service) {
        return switch (this) {
            case Controller(Allocating allocation) -> allocation.explain(service);
            case Speaker(Announcing announcement) -> announcement.explain(service);
            case Both(Allocating allocation, Announcing announcement) ->
                explain(allocation.snapshot(), announcement.snapshot(), service);
        };
    }

    private static Answer explain(AllocationSnapshot allocated, AdvertisementSnapshot announcing, ServiceKey service) {
        List<String> starting = Stream.concat(
                        Allocating.starting(allocated).stream(), Announcing.starting(announcing).stream())
                .toList();
        return Told.unless(
                starting,
                Allocating.decided(allocated, service)
                        .map(decided -> ExplanationTree.of(new Explanation(
                                decided,
                                Announcing.announced(announcing, service),
                                Announcing.withheld(announcing, service)))),
                () -> Allocating.unknown(allocated, service));
    }

    private Answer ofAllocation(Function<Allocating, Answer> part) {
        return allocating()
                .map(part)
                .orElseGet(
                        () -> new Answer.ServedElsewhere("a speaker knows no pools and allocations: ask the controller"
                                + " (--server http://CONTROLLER:7472)"));
    }

    private Answer ofAnnouncement(Function<Announcing, Answer> part) {
        return announcing()
                .map(part)
                .orElseGet(() -> new Answer.ServedElsewhere("a controller knows no peers and routes: ask the speakers,"
                        + " each for its node (--server http://NODE:7472)"));
    }

    private Optional<Allocating> allocating() {
        return switch (this) {
            case Controller(Allocating allocation) -> Optional.of(allocation);
            case Both(Allocating allocation, Announcing _) -> Optional.of(allocation);
            case Speaker _ -> Optional.empty();
        };
    }

    private Optional<Announcing> announcing() {
        return switch (this) {
            case Speaker(Announcing announcement) -> Optional.of(announcement);
            case Both(Allocating _, Announcing announcement) -> Optional.of(announcement);
            case Controller _ -> Optional.empty();
        };
    }

    /** Why nobody may rely on the process yet, one reason each; none once it is ready. */
    default List<String> unready() {
        return ofEach(AllocationSnapshot::unready, AdvertisementSnapshot::unready)
                .toList();
    }

    /** The reason of every warning about the configuration in use. */
    default List<String> warnings() {
        return ofEach(AllocationSnapshot::warnings, AdvertisementSnapshot::warnings)
                .map(Warning::reason)
                .map(Warning.Reason::toString)
                .toList();
    }

    /** The latest decision on every service that is ours; none where nothing is allocated. */
    default List<Decision> decisions() {
        return allocating().stream()
                .flatMap(allocation -> allocation.snapshot().services().stream())
                .flatMap(decided -> decided.counted().stream())
                .toList();
    }

    /** Every peer; none where nothing is announced. */
    default List<PeerSnapshot> sessions() {
        return announcing().map(Announcing::all).orElse(List.of());
    }

    private <T> Stream<T> ofEach(
            Function<AllocationSnapshot, List<T>> ofAllocation,
            Function<AdvertisementSnapshot, List<T>> ofAnnouncement) {
        return Stream.concat(
                allocating().map(Allocating::snapshot).map(ofAllocation).orElse(List.of()).stream(),
                announcing().map(Announcing::snapshot).map(ofAnnouncement).orElse(List.of()).stream());
    }
}
