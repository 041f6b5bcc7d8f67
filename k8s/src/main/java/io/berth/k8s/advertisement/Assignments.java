package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells of services that this node announces from now on. One that a process before this one announced, and this one from its
 * first picture of the world on, is no news: a speaker that starts again tells of nothing that its end did not change. Belongs to
 * one thread.
 */
final class Assignments {

    private final Consumer<ServiceKey> telling;
    private final Set<ServiceKey> waiting = new LinkedHashSet<>();
    private boolean begun;

    /** What was announced before; empty once that has been considered, absent until it is known. */
    private Optional<Set<ServiceKey>> before = Optional.empty();

    Assignments(Consumer<ServiceKey> telling) {
        this.telling = telling;
    }

    /** These are announced, and were not; the first time, all that are. */
    void announced(Collection<ServiceKey> services) {
        begun = true;
        waiting.addAll(services);
        tell();
    }

    /** These were announced by the process before this one. Nothing is told until this is known. */
    void before(Set<ServiceKey> services) {
        before = Optional.of(services);
        tell();
    }

    private void tell() {
        if (begun && before.isPresent()) {
            waiting.removeAll(before.get());
            before = Optional.of(Set.of());
            waiting.forEach(telling);
            waiting.clear();
        }
    }
}
