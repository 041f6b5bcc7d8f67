package io.berth.k8s.cluster;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of several processes decides: the one that holds a Lease.
 *
 * <p>The library's elector takes and renews the Lease, with a client of its own that gives up after two seconds: with patient
 * requests it has been seen to believe in its leadership long after its end. So its word alone does not count: whoever has not
 * renewed for {@link #STOP_AFTER} does not lead any more, by a clock that nobody sets, well before another one may begin.
 */
public final class Leadership implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /** For so long after a renewal nobody else takes the Lease. */
    static final Duration LEASE = Duration.ofSeconds(15);

    /** What is under way by then has ended before the Lease does: a write gives up after five seconds. */
    static final Duration STOP_AFTER = Duration.ofSeconds(9);

    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration WATCH = Duration.ofMillis(250);

    /** Hears, on a thread of the leadership's, that it begins and ends; takes no time over it. */
    public interface Listener {
        void gained();

        /** @param leader who leads now as far as is known; empty where nobody is known to */
        void lost(String leader);
    }

    private final KubernetesClient client;
    private final Lock lock;
    private final Duration silence;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("leadership").daemon().factory());
    private final Thread election =
            Thread.ofPlatform().name("election").daemon().unstarted(this::elect);

    // Belongs to the thread.
    private Listener listener = new Unheard();
    private boolean elected;
    private boolean leading;
    private String leader = "";

    private volatile long askedAt;
    private volatile long renewedAt;
    private volatile boolean inOffice;
    private final CountDownLatch closing = new CountDownLatch(1);

    /**
     * Does not compete yet.
     *
     * @param name     of the Lease
     * @param identity of this process; no other has the same
     */
    public Leadership(KubernetesApi api, String name, String identity) {
        this(api.leasing(), new LeaseLock(api.namespace(), name, identity), LEASE);
    }

    /**
     * @param lease   what is competed for
     * @param silence for so long an elector that is alive does not leave the Lease alone
     */
    Leadership(KubernetesClient client, Lock lease, Duration silence) {
        this.client = client;
        this.silence = silence;
        this.lock = new Watched(lease);
    }

    /** Begins to compete, and tells of what comes of it. */
    public void compete(Listener hearing) {
        thread.execute(() -> listener = hearing);
        election.start();
        var _ = thread.scheduleAtFixedRate(this::judge, WATCH.toMillis(), WATCH.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether this process leads at this moment. From any thread. */
    public boolean isHeld() {
        return inOffice && isFresh();
    }

    private boolean isFresh() {
        return System.nanoTime() - renewedAt < STOP_AFTER.toNanos();
    }

    /** Whatever ends one term, the next is competed for: a process that has given up looks as healthy as one that waits. */
    private void elect() {
        try {
            while (closing.getCount() > 0) {
                try {
                    serve();
                } catch (ExecutionException | RuntimeException e) {
                    LOG.warn("the election is held again in {} s: {}", RETRY.toSeconds(), Problems.text(e));
                    thread.execute(() -> elected(false));
                    boolean _ = closing.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException _) {
            // It is closed, and nothing is left to do.
        }
    }

    /** An elector serves for one term; the next needs another. One can also come to grief and never say so. */
    private void serve() throws ExecutionException, InterruptedException {
        askedAt = System.nanoTime();
        Future<?> term = client.leaderElector()
                .withConfig(new LeaderElectionConfigBuilder()
                        .withName(lock.describe())
                        .withLock(lock)
                        .withLeaseDuration(LEASE)
                        .withRenewDeadline(STOP_AFTER)
                        .withRetryPeriod(RETRY)
                        .withReleaseOnCancel(true)
                        .withLeaderCallbacks(new LeaderCallbacks(
                                () -> thread.execute(() -> elected(true)),
                                () -> thread.execute(() -> elected(false)),
                                name -> thread.execute(() -> leader = Objects.requireNonNullElse(name, ""))))
                        .build())
                .build()
                .start();
        try {
            while (!isOver(term)) {
                if (System.nanoTime() - askedAt > silence.toNanos()) {
                    throw new IllegalStateException("the elector is silent");
                }
            }
        } finally {
            // Cancelling gives the Lease back, so that another one can begin at once.
            term.cancel(true);
        }
    }

    private static boolean isOver(Future<?> term) throws ExecutionException, InterruptedException {
        try {
            term.get(RETRY.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        }
    }

    private void elected(boolean now) {
        elected = now;
        judge();
    }

    private void judge() {
        boolean now = elected && isFresh();
        if (now != leading) {
            leading = now;
            inOffice = now;
            if (now) {
                LOG.info("leading lease={}", lock.describe());
                listener.gained();
            } else {
                LOG.warn("not leading any more lease={} leader={}", lock.describe(), leader);
                listener.lost(leader);
            }
        }
    }

    @Override
    public void close() {
        closing.countDown();
        election.interrupt();
        try {
            election.join(LEASE.dividedBy(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread.shutdownNow();
        client.close();
    }

    private record Unheard() implements Listener {
        @Override
        public void gained() {
            throw new IllegalStateException("elected without competing");
        }

        @Override
        public void lost(String leader) {
            throw new IllegalStateException("never elected");
        }
    }

    /** Notes by our own clock when the Lease was renewed: when that was asked for, not when the answer came. */
    private final class Watched implements Lock {

        private final Lock lease;

        Watched(Lock lease) {
            this.lease = lease;
        }

        @Override
        public LeaderElectionRecord get(KubernetesClient with) {
            askedAt = System.nanoTime();
            return lease.get(with);
        }

        @Override
        public void create(KubernetesClient with, LeaderElectionRecord record) {
            long asked = System.nanoTime();
            lease.create(with, record);
            renewedAt = asked;
        }

        @Override
        public void update(KubernetesClient with, LeaderElectionRecord record) {
            if (record.getHolderIdentity() == null) {
                // From here on another one may begin; this term must be over before it can.
                renewedAt = System.nanoTime() - STOP_AFTER.toNanos();
                lease.update(with, heldByNobody(record));
            } else {
                long asked = System.nanoTime();
                lease.update(with, record);
                renewedAt = asked;
            }
        }

        /** The library gives a Lease back without saying whose it is now, and so the last holder's name would stay on it. */
        private static LeaderElectionRecord heldByNobody(LeaderElectionRecord released) {
            return new LeaderElectionRecord(
                    "",
                    released.getLeaseDuration(),
                    released.getAcquireTime(),
                    released.getRenewTime(),
                    released.getLeaderTransitions());
        }

        @Override
        public String identity() {
            return lease.identity();
        }

        @Override
        public String describe() {
            return lease.describe();
        }
    }
}
