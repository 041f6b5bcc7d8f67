package io.berth.k8s.board;

import io.berth.k8s.board.StatusSource.Kept;
import io.berth.k8s.loop.Backoff;
import io.berth.k8s.loop.KeyedLoop;
import io.berth.k8s.loop.KeyedLoop.Result;
import io.berth.k8s.loop.LoopThread;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the statuses of objects as they should be. One is written after the other, at most as often as people can read, and only
 * where it says something new: what counts is that it is right in the end, and that nobody else's requests wait for it.
 */
public final class StatusLoop implements AutoCloseable {

    /** So long after a look at what there is to say comes the next. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private sealed interface Key {

        /** There may be something new to say. */
        record Everything() implements Key {}

        /** A status may not say what it should. */
        record One(StatusTarget target) implements Key {}
    }

    private final StatusBoard board;
    private final StatusSource source;
    private final LoopThread thread;
    private final KeyedLoop<Key> loop;

    // Owned by the loop's thread.
    private boolean working;
    private boolean looked;
    private Map<StatusTarget, Wanted> desired = Map.of();

    /** What this process wrote last, or found when it began. */
    private final Map<StatusTarget, JsonNode> standing = new HashMap<>();

    public StatusLoop(StatusBoard board, StatusSource source, LoopThread thread) {
        this.board = board;
        this.source = source;
        this.thread = thread;
        this.loop = new KeyedLoop<>(thread, Backoff.DEFAULT, this::run);
    }

    /** From now on it is this process that keeps them. From any thread. */
    public void begin() {
        thread.execute(() -> {
            if (!working) {
                working = true;
                looked = false;
                standing.clear();
                look();
            }
        });
    }

    /** From now on another process keeps them, or none. From any thread. */
    public void pause() {
        thread.execute(() -> working = false);
    }

    private void look() {
        if (working) {
            loop.mark(new Key.Everything());
            thread.execute(this::look, PAUSE);
        }
    }

    private CompletionStage<Result> run(Key key) throws IOException {
        if (working) {
            switch (key) {
                case Key.Everything _ -> compare();
                case Key.One(StatusTarget target) -> settle(target);
            }
        }
        return Result.DONE.now();
    }

    private void compare() throws IOException {
        if (!source.isReady()) {
            return;
        }
        if (!looked) {
            find();
            source.found(Map.copyOf(standing));
            looked = true;
        }
        desired = source.desired();
        desired.forEach((target, wanted) -> {
            if (isNew(wanted, standing(target))) {
                loop.mark(new Key.One(target));
            }
        });
        for (StatusTarget target : standing.keySet()) {
            if (!desired.containsKey(target)) {
                loop.mark(new Key.One(target));
            }
        }
    }

    /** What stands there from before this process began. */
    private void find() throws IOException {
        for (Kept kept : source.kept()) {
            String label = kept instanceof Kept.Ours ours ? ours.label() : "";
            board.standing(kept.kind(), label)
                    .forEach((name, status) -> standing.put(new StatusTarget(kept.kind(), name), status));
        }
    }

    private boolean isNew(Wanted wanted, JsonNode standing) {
        return !StatusWrite.isDone(standing, wanted.text().tree(standing, thread.now()));
    }

    private JsonNode standing(StatusTarget target) {
        return standing.getOrDefault(target, MissingNode.getInstance());
    }

    private void settle(StatusTarget target) throws IOException {
        Wanted wanted = desired.get(target);
        if (wanted == null) {
            if (isOurs(target)) {
                board.remove(target);
            }
            standing.remove(target);
        } else if (isNew(wanted, standing(target))) {
            ObjectNode tree = wanted.text().tree(standing(target), thread.now());
            board.write(target, wanted.origin(), standing(target), tree);
            standing.put(target, tree);
        }
    }

    private boolean isOurs(StatusTarget target) {
        return source.kept().stream()
                .anyMatch(kept -> kept instanceof Kept.Ours && kept.kind().equals(target.kind()));
    }

    @Override
    public void close() {
        loop.close();
        board.close();
    }
}
