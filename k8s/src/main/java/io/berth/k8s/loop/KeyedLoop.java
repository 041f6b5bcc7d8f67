package io.berth.k8s.loop;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which keys have changed, and works on each of them once, however often that was said: mark and run again.
 *
 * <p>A mark carries no change, only the news that there is one; the work looks at how things are now. So marks coalesce,
 * none can come too late, and a failure is mended by doing the same again after a while ({@link Backoff}). This is the only
 * place in the product where anything is tried again.
 *
 * @param <K> what is marked; equal keys are one
 */
public final class KeyedLoop<K> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeyedLoop.class);

    /** What became of the work on a key. */
    public enum Result {
        /** Nothing is left to do until the key is marked again. */
        DONE,
        /** What the work saw was out of date, or someone else was quicker: again after a while. */
        AGAIN
    }

    /** What is done, always on the loop's thread. */
    public interface Work<K> {

        /**
         * Brings one key to where it should be.
         *
         * @throws Exception when that failed for now; it is logged, and the work is done again after a while
         */
        Result run(K key) throws Exception;

        /** Every key that was marked has been worked on. */
        default void idle() {}
    }

    private final LoopThread thread;
    private final Backoff backoff;
    private final Work<K> work;

    // Owned by the thread.
    private final Set<K> marked = new LinkedHashSet<>();
    private final Map<K, Failed> failed = new HashMap<>();

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

    /** Stops; returns once nothing runs any more, or after a few seconds whatever still does. */
    @Override
    public void close() {
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
            run(key);
        }
        work.idle();
    }

    private void run(K key) {
        try {
            switch (work.run(key)) {
                case DONE -> failed.remove(key);
                case AGAIN ->
                    LOG.debug("again key={} retry={}ms", key, retry(key).toMillis());
            }
        } catch (Exception failure) {
            LOG.warn("failed key={} retry={}ms problem=\"{}\"", key, retry(key).toMillis(), problem(failure));
            LOG.debug("failed key={}", key, failure);
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

    private static String problem(Exception failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
