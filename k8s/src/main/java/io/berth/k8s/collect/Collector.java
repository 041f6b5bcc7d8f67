package io.berth.k8s.collect;

import io.berth.bgp.PeerListener;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Update;
import io.berth.k8s.loop.LoopThread;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** Keeps the routes of all peers and tells their changes, on a thread of its own: printing shall not hold sessions up. */
public final class Collector implements PeerListener {

    /** Changes that came together. */
    public interface Telling {

        void changed(List<Change> changes, Instant when);

        /** Something that a person should read. */
        void notice(String text);
    }

    private final LoopThread thread;
    private final InstantSource clock;
    private final Telling telling;

    /** Belongs to the thread. */
    private final AdjRibIn routes = new AdjRibIn();

    public Collector(LoopThread thread, InstantSource clock, Telling telling) {
        this.thread = thread;
        this.clock = clock;
        this.telling = telling;
    }

    @Override
    public void updateReceived(String peer, Update update) {
        Instant when = clock.instant();
        thread.execute(() -> tell(routes.update(peer, update), when));
    }

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to, String reason) {
        Instant when = clock.instant();
        thread.execute(() -> {
            if (from == SessionState.ESTABLISHED) {
                tell(routes.lose(peer), when);
            }
            tell(List.of(new Change.State(peer, to, reason)), when);
        });
    }

    @Override
    public void notice(String text) {
        thread.execute(() -> telling.notice(text));
    }

    private void tell(List<Change> changes, Instant when) {
        if (!changes.isEmpty()) {
            telling.changed(changes, when);
        }
    }

    /** Hands over all routes as they are now, on the thread of the changes and in turn with them. */
    public void routes(Consumer<List<Change.Announced>> taker) {
        thread.execute(() -> taker.accept(routes.routes()));
    }
}
