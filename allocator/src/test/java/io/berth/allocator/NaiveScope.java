package io.berth.allocator;

import io.berth.allocator.Verdict.Kind;
import java.util.Optional;

/** Who may draw from a pool, spelled out for one pool and one service without any index. */
final class NaiveScope {

    private NaiveScope() {}

    static boolean admits(Pool pool, Request request) {
        return refusal(pool, request).isEmpty();
    }

    /** Why a pool does not admit a service; empty where it does. */
    static Optional<Kind> refusal(Pool pool, Request request) {
        boolean fenced = switch (request.tenant().fence()) {
            case Fence.Open _ -> false;
            case Fence.Around around -> !around.pools().contains(pool.name());
            case Fence.Unreadable _, Fence.Unseen _ -> true;
        };
        if (fenced || pool.scope() instanceof Scope.Closed) {
            return Optional.of(Kind.NAMESPACE_NOT_ALLOWED);
        }
        if (!(pool.scope() instanceof Scope.Pinned pinned)) {
            return Optional.empty();
        }
        boolean anyNamespace =
                pinned.namespaces().isEmpty() && pinned.namespaceSelectors().isEmpty();
        boolean namespace = anyNamespace
                || pinned.namespaces().contains(request.service().namespace())
                || pinned.namespaceSelectors().stream()
                        .anyMatch(selector -> selector.matches(request.tenant().labels()));
        boolean service = pinned.serviceSelectors().isEmpty()
                || pinned.serviceSelectors().stream().anyMatch(selector -> selector.matches(request.serviceLabels()));
        if (!namespace) {
            return Optional.of(Kind.NAMESPACE_NOT_ALLOWED);
        }
        return service ? Optional.empty() : Optional.of(Kind.SERVICE_NOT_SELECTED);
    }

    /** Whether a pool is closed to a service because somebody wants it to be, and not for a slip in a manifest. */
    static boolean isMeantToRefuse(Pool pool, Request request) {
        return !admits(pool, request)
                && !(pool.scope() instanceof Scope.Closed)
                && !(request.tenant().fence() instanceof Fence.Unreadable);
    }
}
