package io.berth.bgp;

import io.berth.bgp.message.Family;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.Update;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Remembers what a speaker heard, and lets a test wait for it. */
final class RecordedRib implements PeerListener {

    private static final long PATIENCE_SECONDS = 15;

    record Received(InetAddress nextHop, List<PathAttribute> attributes) {

        <A extends PathAttribute> A attribute(Class<A> kind) {
            return attributes.stream()
                    .filter(kind::isInstance)
                    .map(kind::cast)
                    .findFirst()
                    .orElseThrow();
        }

        boolean has(Class<? extends PathAttribute> kind) {
            return attributes.stream().anyMatch(kind::isInstance);
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Received> routes = new HashMap<>();
    private final Set<Family> endsOfRib = new HashSet<>();
    private final List<String> reasons = new ArrayList<>();
    private final List<SessionState> states = new ArrayList<>();

    @Override
    public void updateReceived(String peer, Update update) {
        change(() -> {
            update.withdrawn().forEach(prefix -> routes.remove(prefix.toString()));
            update.announcements()
                    .forEach(announcement -> announcement
                            .prefixes()
                            .forEach(prefix -> routes.put(
                                    prefix.toString(), new Received(announcement.nextHop(), update.attributes()))));
            endsOfRib.addAll(update.endOfRib());
        });
    }

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to, String reason) {
        change(() -> {
            states.add(to);
            reasons.add(reason);
            if (from == SessionState.ESTABLISHED) {
                routes.clear();
            }
        });
    }

    private void change(Runnable what) {
        lock.lock();
        try {
            what.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    Received awaitRoute(String prefix) {
        await("route " + prefix, () -> routes.containsKey(prefix));
        return Objects.requireNonNull(routes.get(prefix));
    }

    void awaitNoRoute(String prefix) {
        await("no route " + prefix, () -> !routes.containsKey(prefix));
    }

    void awaitEndOfRib(Family family) {
        await("End-of-RIB of " + family, () -> endsOfRib.contains(family));
    }

    void awaitReason(String reason) {
        await("reason '" + reason + "'", () -> reasons.contains(reason));
    }

    void awaitState(SessionState state) {
        await("state " + state, () -> !states.isEmpty() && states.getLast() == state);
    }

    private void await(String what, Supplier<Boolean> condition) {
        lock.lock();
        try {
            long left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (!condition.get()) {
                if (left <= 0) {
                    throw new AssertionError(what + " did not come; routes " + routes.keySet() + ", states " + states
                            + ", reasons " + reasons);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } finally {
            lock.unlock();
        }
    }
}
