package io.berth.k8s.loop;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which keys have changed, and works on each of them once, however often that was said: mark and run again.
 *
 * <p>A mark carries no change, only the news that there is one; the work looks at how things are now. So marks coalesce,
 * none can come too late, and a failure is mended by doing the same again after a while ({@link Backoff}). This is the only
 * place in the product where anything is tried again.
 *
 * <p>Work that asks somebody else ({@link Work#place}) is under way until the answer is there, and keeps no other key waiting. It is
 * not begun a second time meanwhile: a key that is marked while it is under way is worked on again after. No more than
 * {@link #MOST_UNDER_WAY} are at once; further keys wait, and look at how things are when their time comes.
 *
 * @param <K> what is marked; equal keys are one
 */
public final class KeyedLoop<K> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedLoop.class);

    /** Enough to keep an API server busy, and too few to push others out of their turn with it. */
    public static final int MOST_UNDER_WAY = 32;

    /** What became of the work on a key. */
    public enum Result {
        /** Nothing is left to do until the key is marked again. */
        DONE,
        /** What the work saw was out of date, or someone else was quicker: again after a while. */
        AGAIN;

        /** Of work that has ended. */
        public CompletionStage<Result> now() {
            return CompletableFuture.completedStage(this);
        }
    }

    /** Where work on a key is done. */
    public enum Place {
        /** On the loop's thread, from beginning to end. */
        HERE,
        /** It begins here; somebody else answers later. */
        AWAY
    }

    /** What is done, begun always on the loop's thread. */
    public interface Work<K> {

        /**
         * Brings one key to where it should be, or begins to.
         *
         * @return what becomes of it; exceptionally when it failed for now, as when this throws
         * @throws Exception when that failed for now; it is logged, and the work is done again after a while
         */
        CompletionStage<Result> run(K key) throws Exception;

        /** Where this key is worked on. */
        default Place place(K key) {
            return Place.HERE;
        }
    }

    private final LoopThread thread;
    private final Backoff backoff;
    private final Work<K> work;

    /** One for each work that may be under way besides. Given back by whoever answers, so that {@link #close} sees the end of it. */
    private final Semaphore free = new Semaphore(MOST_UNDER_WAY);

    private volatile boolean closing;

    // Owned by the thread.
    private final Set<K> marked = new LinkedHashSet<>();
    private final Map<K, Failed> failed = new HashMap<>();
    private final Set<K> underWay = new HashSet<>();
    private final Set<K> markedMeanwhile = new HashSet<>();
    private final Set<K> waiting = new LinkedHashSet<>();

    /** So many failures in a row; its identity tells the retry that is due from one that has been overtaken. */
    private static final class Failed {
        final int times;

        Failed(int times) {
            this.times = times;
        }
    }

    public KeyedLoop(LoopThread thread, Backoff backoff, Work<K> work) {
        this.thread = thread;
        this.backoff = backoff;
        this.work = work;
    }

    /** Something about this key may have changed. From any thread, never blocks. */
    public void mark(K key) {
        thread.execute(() -> add(key));
    }

    /** Begins nothing more; returns once nothing is under way or runs any more, or after a few seconds whatever still does. */
    @Override
    public void close() {
        closing = true;
        try {
            boolean _ = free.tryAcquire(MOST_UNDER_WAY, LoopThread.PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        thread.close();
    }

    private void add(K key) {
        marked.add(key);
        if (marked.size() == 1) {
            // Behind the marks that are already waiting for the thread, so that what comes together is done together.
            thread.execute(this::drain);
        }
    }

    private void drain() {
        List<K> batch = List.copyOf(marked);
        marked.clear();
        for (K key : batch) {
            if (!closing) {
                run(key);
            }
        }
    }

    private void run(K key) {
        if (underWay.contains(key)) {
            markedMeanwhile.add(key);
            return;
        }
        switch (work.place(key)) {
            case HERE -> begin(key, () -> {});
            case AWAY -> {
                if (free.tryAcquire()) {
                    begin(key, free::release);
                    if (!underWay.contains(key)) {
                        callNext();
                    }
                } else {
                    waiting.add(key);
                }
            }
        }
    }

    private void begin(K key, Runnable atTheEnd) {
        CompletableFuture<Result> running;
        try {
            running = work.run(key).toCompletableFuture();
        } catch (Exception failure) {
            running = CompletableFuture.failedFuture(failure);
        }
        if (running.isDone()) {
            atTheEnd.run();
            running.whenComplete((result, failure) -> settle(key, result, failure));
            return;
        }
        underWay.add(key);
        running.whenComplete((result, failure) -> {
            atTheEnd.run();
            thread.execute(() -> ended(key, result, failure));
        });
    }

    private void ended(K key, @Nullable Result result, @Nullable Throwable failure) {
        underWay.remove(key);
        settle(key, result, failure);
        if (markedMeanwhile.remove(key)) {
            add(key);
        }
        callNext();
    }

    /** There may be room again for one of those that wait. */
    private void callNext() {
        if (!waiting.isEmpty()) {
            K next = waiting.iterator().next();
            waiting.remove(next);
            add(next);
        }
    }

    private void settle(K key, @Nullable Result result, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            LOG.warn("failed key={} retry={}ms problem=\"{}\"", key, retry(key).toMillis(), problem(cause));
            LOG.debug("failed key={}", key, cause);
        } else if (result == Result.AGAIN) {
            LOG.debug("again key={} retry={}ms", key, retry(key).toMillis());
        } else {
            failed.remove(key);
        }
    }

    private Duration retry(K key) {
        Failed before = failed.get(key);
        Failed now = new Failed(before == null ? 1 : before.times + 1);
        failed.put(key, now);
        Duration delay = backoff.after(now.times);
        thread.execute(
                () -> {
                    if (failed.get(key) == now) {
                        add(key);
                    }
                },
                delay);
        return delay;
    }

    private static String problem(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
