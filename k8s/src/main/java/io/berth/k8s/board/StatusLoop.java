package io.berth.k8s.board;

import io.berth.k8s.board.StatusSource.Kept;
import io.berth.k8s.board.Wanted.Origin;
import io.berth.k8s.loop.Backoff;
import io.berth.k8s.loop.KeyedLoop;
import io.berth.k8s.loop.KeyedLoop.Result;
import io.berth.k8s.loop.LoopThread;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the statuses of objects as they should be. One is written after the other, at most as often as people can read, and only
 * where it says something new: what counts is that it is right in the end, and that nobody else's requests wait for it.
 */
public final class StatusLoop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusLoop.class);

    /** So long after a look at what there is to say comes the next. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** So often it is read what stands there: others may have changed it or taken it away, or made what was not there. */
    private static final Duration ROUND = Duration.ofMinutes(5);

    /** So long the last word may take; whoever stops a process does not wait for an API server that is slow. */
    private static final Duration LAST_WORD = Duration.ofSeconds(2);

    private sealed interface Key {

        /** There may be something new to say. */
        record Everything() implements Key {}

        /** What stands there may not be what was written. */
        record Round() implements Key {}

        /** A status may not say what it should. */
        record One(StatusTarget target) implements Key {}
    }

    /** What is known of a status. */
    private sealed interface Standing {

        /** When people made the object. */
        Instant created();

        /** What this process wrote last, or found. */
        JsonNode said();

        Standing of(Instant creation);

        /** @param stored what became of what was written */
        record There(Instant created, JsonNode said, JsonNode stored) implements Standing {
            @Override
            public Standing of(Instant creation) {
                return new There(creation, said, stored);
            }
        }

        /** It was written, and there was no such object, or kind. That can change. */
        record Nowhere(Instant created, JsonNode said) implements Standing {
            @Override
            public Standing of(Instant creation) {
                return new Nowhere(creation, said);
            }
        }
    }

    private final StatusBoard board;
    private final StatusSource source;
    private final LoopThread thread;
    private final KeyedLoop<Key> loop;

    // Owned by the loop's thread.
    private boolean working;
    private boolean looked;
    private Instant nextRound = Instant.MIN;

    /** How often it has begun: looks that were planned before the last time are not for now. */
    private int beginning;

    private Map<StatusTarget, Wanted> desired = Map.of();
    private final Map<StatusTarget, Standing> standing = new HashMap<>();

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
                beginning++;
                look(beginning);
            }
        });
    }

    /** From now on another process keeps them, or none. From any thread. */
    public void pause() {
        thread.execute(() -> working = false);
    }

    private void look(int since) {
        if (working && since == beginning) {
            loop.mark(new Key.Everything());
            thread.execute(() -> look(since), PAUSE);
        }
    }

    private CompletionStage<Result> run(Key key) throws IOException {
        if (working) {
            switch (key) {
                case Key.Everything _ -> compare().forEach(target -> loop.mark(new Key.One(target)));
                case Key.Round _ -> read();
                case Key.One(StatusTarget target) -> settle(target);
            }
        }
        return Result.DONE.now();
    }

    /** Where something else stands than should. */
    private List<StatusTarget> compare() throws IOException {
        if (!source.isReady()) {
            return List.of();
        }
        if (!looked) {
            find();
            looked = true;
            nextRound = thread.now().plus(ROUND);
        } else if (!thread.now().isBefore(nextRound)) {
            nextRound = thread.now().plus(ROUND);
            loop.mark(new Key.Round());
        }
        desired = source.desired();
        List<StatusTarget> wrong = new ArrayList<>();
        desired.forEach((target, wanted) -> {
            recognise(target, created(wanted));
            if (isNew(wanted, said(target))) {
                wrong.add(target);
            }
        });
        standing.keySet().stream()
                .filter(target -> !desired.containsKey(target))
                .forEach(wrong::add);
        return wrong;
    }

    /** What stands there from before this process began. */
    private void find() throws IOException {
        for (Kept kept : source.kept()) {
            board.standing(kept.kind(), label(kept))
                    .orElse(Map.of())
                    .forEach((name, status) -> standing.put(new StatusTarget(kept.kind(), name), found(status)));
        }
        source.found(standing.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().said())));
    }

    private static String label(Kept kept) {
        return kept instanceof Kept.Ours ours ? ours.label() : "";
    }

    private static Standing found(JsonNode status) {
        return new Standing.There(Origin.People.UNKNOWN, status, status);
    }

    /** Nothing is known of an object that people took away and made anew. */
    private void recognise(StatusTarget target, Instant created) {
        Standing known = standing.get(target);
        if (known == null || created.equals(Origin.People.UNKNOWN) || created.equals(known.created())) {
            return;
        }
        if (known.created().equals(Origin.People.UNKNOWN)) {
            standing.put(target, known.of(created));
        } else {
            standing.remove(target);
        }
    }

    private static Instant created(Wanted wanted) {
        return wanted.origin() instanceof Origin.People(Instant created) ? created : Origin.People.UNKNOWN;
    }

    /** Takes note of what others have done to what was written; the next look sees to it. */
    private void read() throws IOException {
        for (Kept kept : source.kept()) {
            Optional<Map<String, JsonNode>> there = board.standing(kept.kind(), label(kept));
            if (there.isPresent()) {
                desired.keySet().stream()
                        .filter(target -> target.kind().equals(kept.kind()) && standing.containsKey(target))
                        .forEach(target -> revise(target, there.get().get(target.name())));
            }
        }
    }

    /** @param status null where there is no such object */
    private void revise(StatusTarget target, @Nullable JsonNode status) {
        if (status != null) {
            boolean isAsItWas =
                    standing.get(target) instanceof Standing.There there && StatusWrite.isDone(there.stored(), status);
            if (!isAsItWas) {
                standing.put(target, found(status));
            }
        } else if (isOfOurOwn(desired.get(target))) {
            standing.remove(target);
        }
    }

    private static boolean isOfOurOwn(@Nullable Wanted wanted) {
        return wanted != null && wanted.origin() instanceof Origin.Berth;
    }

    private boolean isNew(Wanted wanted, JsonNode said) {
        return !StatusWrite.isDone(said, wanted.text().tree(said, thread.now()));
    }

    private JsonNode said(StatusTarget target) {
        Standing known = standing.get(target);
        return known == null ? MissingNode.getInstance() : known.said();
    }

    private void settle(StatusTarget target) throws IOException {
        Wanted wanted = desired.get(target);
        JsonNode said = said(target);
        if (wanted == null) {
            if (isOurs(target)) {
                board.remove(target);
            }
            standing.remove(target);
        } else if (isNew(wanted, said)) {
            ObjectNode tree = wanted.text().tree(said, thread.now());
            Optional<JsonNode> stored = board.write(target, wanted.origin(), said, tree);
            standing.put(target, written(created(wanted), tree, stored));
        }
    }

    private static Standing written(Instant created, JsonNode tree, Optional<JsonNode> stored) {
        return stored.<Standing>map(
                        status -> new Standing.There(created, tree, StatusWrite.isDone(tree, status) ? tree : status))
                .orElseGet(() -> new Standing.Nowhere(created, tree));
    }

    private boolean isOurs(StatusTarget target) {
        return source.kept().stream()
                .anyMatch(kept -> kept instanceof Kept.Ours && kept.kind().equals(target.kind()));
    }

    /** Says what there still is to say, as far as that is quickly done: what a process leaves behind stands there until the next. */
    @Override
    public void close() {
        board.hurry();
        var said = new CompletableFuture<Void>();
        thread.execute(() -> {
            sayTheRest();
            said.complete(null);
        });
        said.completeOnTimeout(null, LAST_WORD.toNanos(), TimeUnit.NANOSECONDS).join();
        loop.close();
        board.close();
    }

    private void sayTheRest() {
        if (!working || !looked) {
            return;
        }
        Instant end = thread.now().plus(LAST_WORD);
        try {
            for (StatusTarget target : compare()) {
                if (thread.now().isAfter(end)) {
                    return;
                }
                settle(target);
            }
        } catch (IOException e) {
            LOG.info("not all was said in the end: {}", e.getMessage());
        }
    }
}
