package io.berth.k8s.allocation;

import io.berth.allocator.Outcome;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.allocation.AllocationSnapshot.Progress;
import io.berth.k8s.allocation.Statuses.Status;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.Cluster.Written;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.loop.Backoff;
import io.berth.k8s.loop.KeyedLoop;
import io.berth.k8s.loop.KeyedLoop.Place;
import io.berth.k8s.loop.KeyedLoop.Result;
import io.berth.k8s.loop.LoopThread;
import io.berth.k8s.loop.Paced;
import io.berth.k8s.resource.Service;
import io.berth.metrics.AllocationMeters;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the addresses of all Services as they should be: follows the cluster, decides, and writes down what it decided.
 *
 * <p>Decisions are made on the loop's thread, which alone touches {@link Allocations}; they cannot fail. Writing can, so each
 * service's status is a key of its own, tried again until what stands there is what was decided. Others look at the
 * {@link #snapshot}.
 */
public final class AllocationLoop implements Cluster.Listener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AllocationLoop.class);

    private final class Work implements KeyedLoop.Work<AllocationKey> {
        @Override
        public CompletionStage<Result> run(AllocationKey key) {
            return switch (standing) {
                case BY -> Result.DONE.now();
                case LOOKING -> key == AllocationKey.Whole.ALL_THERE_IS ? lookAtAll() : waitForThat(key);
                case DECIDING -> decideOn(key);
            };
        }

        private CompletionStage<Result> decideOn(AllocationKey key) {
            return switch (key) {
                case AllocationKey.Whole.ALL_THERE_IS -> Result.DONE.now();
                case AllocationKey.Whole.WORLD -> here(AllocationLoop.this::follow);
                case AllocationKey.Whole.LINTS -> here(AllocationLoop.this::remark);
                case AllocationKey.Whole.SHOWN -> here(AllocationLoop.this::publish);
                case AllocationKey.OfService(ServiceKey service) -> write(service);
                case AllocationKey.OfPool(String pool) ->
                    isAlone(cluster.state()) ? books.write(pool) : Result.DONE.now();
            };
        }

        /** It may have been for want of news that it could not be looked. */
        private CompletionStage<Result> waitForThat(AllocationKey key) {
            if (key == AllocationKey.Whole.WORLD) {
                loop.mark(AllocationKey.Whole.ALL_THERE_IS);
            }
            return Result.DONE.now();
        }

        private CompletionStage<Result> here(Runnable task) {
            task.run();
            return Result.DONE.now();
        }

        @Override
        public Place place(AllocationKey key) {
            return switch (key) {
                case AllocationKey.Whole.ALL_THERE_IS -> Place.AWAY;
                case AllocationKey.OfService _, AllocationKey.OfPool _ -> Place.AWAY;
                case AllocationKey.Whole _ -> Place.HERE;
            };
        }
    }

    /** How often lints run when services change; they look at all there is. */
    private static final Duration LINTS_OF_SERVICES = Duration.ofSeconds(1);

    /** How often they run while somebody changes the configuration, and how often what is shown is put together. */
    private static final Duration PROMPTLY = Duration.ofMillis(100);

    private final Cluster cluster;
    private final AllocationMeters meters;
    private final LoopThread thread;
    private final KeyedLoop<AllocationKey> loop;

    /** What this process does about services. */
    private enum Standing {
        /** Another one decides. */
        BY,
        /** It finds out how everything is. */
        LOOKING,
        DECIDING
    }

    private final AllocationSettings settings;

    // Owned by the loop's thread.
    private Standing standing = Standing.BY;
    private Allocations allocations;
    private BookKeeping books;
    private final Takings takings;
    private final OwnerNews news;
    private Remarks remarks = new Remarks();
    private final Paced lints;
    private final Paced showing;
    private ClusterState followed = ClusterState.EMPTY;

    /** Services of which something else was decided, or which are other than they were, and that have not been looked at since. */
    private final Set<ServiceKey> touched = new LinkedHashSet<>();

    private Instant waking = Instant.MAX;

    private volatile AllocationSnapshot snapshot = AllocationSnapshot.EMPTY;

    public AllocationLoop(Cluster cluster, AllocationSettings settings, AllocationMeters meters, LoopThread thread) {
        this.cluster = cluster;
        this.meters = meters;
        this.settings = settings;
        this.news = new OwnerNews(cluster);
        this.thread = thread;
        this.loop = new KeyedLoop<>(thread, Backoff.DEFAULT, new Work());
        this.lints = new Paced(thread, () -> loop.mark(AllocationKey.Whole.LINTS));
        this.showing = new Paced(thread, () -> loop.mark(AllocationKey.Whole.SHOWN));
        this.takings = new Takings(cluster.writers());
        this.allocations = new Allocations(settings, cluster.writers());
        this.books = new BookKeeping(cluster, allocations, thread, loop::mark);
    }

    /** Notes that the cluster's state has changed. */
    @Override
    public void changed(ClusterState before, ClusterState after) {
        loop.mark(AllocationKey.Whole.WORLD);
    }

    /** From now on this process decides, beginning with what it finds. From any thread. */
    public void lead() {
        thread.execute(() -> {
            if (standing == Standing.BY) {
                snapshot = AllocationSnapshot.EMPTY;
                news.forgetAll();
                beginAnew();
            }
        });
    }

    /** From now on another one decides; whoever leads again knows only what is written by then. From any thread. */
    public void standBy() {
        thread.execute(() -> {
            standing = Standing.BY;
            takings.forgetAll();
            forgetAll();
            snapshot = AllocationSnapshot.STANDING_BY;
        });
    }

    /** Another process has decided until a moment ago, or may have: nothing is decided before all of that is known. */
    private void beginAnew() {
        forgetAll();
        standing = Standing.LOOKING;
        loop.mark(AllocationKey.Whole.ALL_THERE_IS);
    }

    private void forgetAll() {
        allocations = new Allocations(settings, cluster.writers());
        books = new BookKeeping(cluster, allocations, thread, loop::mark);
        remarks = new Remarks();
        followed = ClusterState.EMPTY;
        touched.clear();
        waking = Instant.MAX;
    }

    /** Looks at all services as they are by now, after it has looked at the books. */
    private CompletionStage<Result> lookAtAll() {
        if (!cluster.unready().isEmpty()) {
            return Result.DONE.now();
        }
        BookKeeping these = books;
        these.trust(cluster.state());
        return cluster.catchUp()
                .thenApplyAsync(
                        _ -> {
                            if (books == these) {
                                standing = Standing.DECIDING;
                                loop.mark(AllocationKey.Whole.WORLD);
                            }
                            return Result.DONE;
                        },
                        thread);
    }

    /** What the loop has come to. From any thread. */
    public AllocationSnapshot snapshot() {
        return snapshot;
    }

    /** Stops deciding and writing; a write that is under way is waited for, for a few seconds at most. */
    @Override
    public void close() {
        loop.close();
    }

    private void follow() {
        ClusterState state = cluster.state();
        if (!cluster.unready().isEmpty() || !isAlone(state)) {
            return;
        }
        allocations.advance(thread.now());
        Allocations.Followed change = allocations.follow(state);
        change.gone().forEach(this::forget);
        // Whose turn comes first is written first; then those of whom only the status may be another than it should.
        for (Optional<Decided> turn = decide(); turn.isPresent(); turn = decide()) {
            touched.add(turn.get().service());
        }
        touched.addAll(change.changed());
        takings.follow(allocations);
        show(state);
        followed = state;
        books.follow(state);
        touched.stream().filter(this::isUnsettled).forEach(key -> loop.mark(new AllocationKey.OfService(key)));
        touched.clear();
        wakeInTime();
    }

    private void forget(Decided gone) {
        news.forget(gone.service());
        touched.remove(gone.service());
        if (!gone.addresses().isEmpty()) {
            LOG.info("deleted object=Service/{} message=\"{} free again\"", gone.service(), gone.addresses());
        }
    }

    private void show(ClusterState state) {
        boolean onlyServices = snapshot.progress() == Progress.SETTLED
                && state.isConfiguredAs(followed)
                && state.errors().equals(followed.errors())
                && state.warnings().equals(followed.warnings());
        lints.ask(onlyServices ? LINTS_OF_SERVICES : PROMPTLY);
        showing.ask(PROMPTLY);
    }

    /** Whether nobody else decides. Otherwise this process begins anew. */
    private boolean isAlone(ClusterState state) {
        boolean alone = books.areKnown(state);
        if (!alone) {
            LOG.info("another process decides, too, or did until now: looking at all services anew");
            beginAnew();
        }
        return alone;
    }

    static Result result(Written written) {
        return switch (written) {
            case DONE -> Result.DONE;
            case CONFLICT -> Result.AGAIN;
        };
    }

    /** Looks at the world again when an address comes free because it was kept long enough. */
    private void wakeInTime() {
        Instant now = thread.now();
        Instant next = allocations.nextEnd().orElse(Instant.MAX);
        if (next.isBefore(waking) || !waking.isAfter(now) && !next.equals(Instant.MAX)) {
            waking = next;
            thread.execute(() -> loop.mark(AllocationKey.Whole.WORLD), Duration.between(now, next));
        }
    }

    private Optional<Decided> decide() {
        long start = System.nanoTime();
        Optional<Decided> turn = allocations.next();
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        turn.flatMap(Decided::counted).ifPresent(decision -> meters.decided(decision, took));
        return turn;
    }

    /** Whether the status does not say yet what was decided, or the owner has not been told. */
    private boolean isUnsettled(ServiceKey key) {
        Service service = allocations.service(key).orElseThrow();
        Decided decided = allocations.decided(key).orElseThrow();
        return Statuses.patch(service, decided).isPresent() || !news.isTold(service, decided);
    }

    private CompletionStage<Result> write(ServiceKey key) {
        Optional<Service> service = allocations.service(key);
        Optional<Decided> decided = allocations.decided(key);
        return service.isEmpty() || decided.isEmpty() ? Result.DONE.now() : write(service.get(), decided.get());
    }

    private CompletionStage<Result> write(Service service, Decided decided) {
        Optional<Status> patch = Statuses.patch(service, decided);
        if (patch.isEmpty()) {
            tellOf(service, decided);
            return Result.DONE.now();
        }
        Status status = patch.get();
        if (!takings.areSure(service, decided)) {
            LOG.info(
                    "about to take an address back: looking at all services anew first object={}", service.reference());
            takings.lookFor(allocations);
            beginAnew();
            return Result.DONE.now();
        }
        if (!books.havePromised(service.meta().key(), status.pool())) {
            return Result.DONE.now();
        }
        return cluster.writeStatus(service, status.addresses(), status.pool())
                .thenApplyAsync(
                        written -> {
                            if (written == Written.DONE) {
                                Statuses.lost(service, status, decided).ifPresent(news::tell);
                                tellOf(service, decided);
                            }
                            return result(written);
                        },
                        thread);
    }

    /** The service may have gone since that was written. */
    private void tellOf(Service service, Decided decided) {
        news.tell(service, decided);
        if (allocations.service(service.meta().key()).isEmpty()) {
            news.forget(service.meta().key());
        }
    }

    private void remark() {
        Instant start = thread.now();
        remarks.look(followed, allocations.configuration(), settings.loadBalancerClass());
        lints.took(Duration.between(start, thread.now()));
        showing.ask(PROMPTLY);
    }

    private void publish() {
        Instant start = thread.now();
        AllocationSnapshot before = snapshot;
        snapshot = new AllocationSnapshot(
                Progress.SETTLED, allocations.all(), allocations.usage(), remarks.warnings(), remarks.errors());
        meters.used(snapshot.pools());
        showing.took(Duration.between(start, thread.now()));
        if (before.progress() == Progress.STARTING) {
            LOG.info(
                    "started services={} pools={} adopted={}",
                    snapshot.services().size(),
                    snapshot.pools().size(),
                    snapshot.services().stream().filter(AllocationLoop::isKept).count());
        }
    }

    private static boolean isKept(Decided decided) {
        return decided instanceof Decided.Considered(Outcome.Assigned assigned)
                && assigned.cause() != Outcome.Cause.ALLOCATED
                && assigned.cause() != Outcome.Cause.REASSIGNED;
    }
}
