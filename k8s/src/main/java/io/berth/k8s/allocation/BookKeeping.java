package io.berth.k8s.allocation;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.Cluster.Written;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.loop.KeyedLoop.Result;
import io.berth.k8s.loop.LoopThread;
import io.berth.k8s.loop.Paced;
import io.berth.k8s.resource.IPAddressPool;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Has the books of the pools written as they should be, and brings services back that waited for a promise in them; for as long as
 * these {@link Allocations} are the ones that count. Belongs to the loop's thread.
 */
final class BookKeeping {

    /** Promises that are settled stay in the book for so long, since a next one probably takes them out. */
    private static final Duration UNTIL_TIDIED = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final Allocations allocations;
    private final LoopThread thread;
    private final Consumer<AllocationKey> mark;
    private final PoolBooks books;
    private final Paced looking;

    /** Pools whose books are written in a while, whether they are right before then or not. */
    private final Set<String> untidy = new HashSet<>();

    private ClusterState followed = ClusterState.EMPTY;

    /** Whether the configuration is another than when the books were looked at. */
    private boolean reconfigured;

    /** @param mark the way to the loop */
    BookKeeping(Cluster cluster, Allocations allocations, LoopThread thread, Consumer<AllocationKey> mark) {
        this.cluster = cluster;
        this.allocations = allocations;
        this.thread = thread;
        this.mark = mark;
        this.books = new PoolBooks(signature(cluster));
        this.looking = new Paced(thread, this::look);
    }

    private static Signature signature(Cluster cluster) {
        return switch (cluster.writers()) {
            case THIS_ONE -> new Signature.None();
            case SEVERAL ->
                new Signature.Of(Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), Character.MAX_RADIX));
        };
    }

    /** What was done on the strength of these books is known, or will be before anything is decided. */
    void trust(ClusterState state) {
        books.trust(state.pools());
    }

    /** Whether nobody else has written in the books since. */
    boolean areKnown(ClusterState state) {
        return books.areKnown(state.pools());
    }

    /**
     * Something was decided, or the world is another. Books are looked at before services are told what they have, so that as a rule an
     * address is remembered by the time it is announced.
     */
    void follow(ClusterState state) {
        reconfigured |= !state.isConfiguredAs(followed);
        followed = state;
        looking.ask(Duration.ZERO);
    }

    private void look() {
        Instant start = thread.now();
        boolean isNews = books.shouldSay(allocations.tenures());
        if (isNews || reconfigured) {
            reconfigured = false;
            followed.pools().forEach(this::look);
        }
        looking.took(Duration.between(start, thread.now()));
    }

    private void look(IPAddressPool pool) {
        String name = pool.meta().name();
        switch (books.condition(pool)) {
            case RIGHT -> bringBack(name);
            case UNTIDY -> {
                bringBack(name);
                if (untidy.add(name)) {
                    thread.execute(() -> mark.accept(new AllocationKey.OfPool(name)), UNTIL_TIDIED);
                }
            }
            case WRONG -> mark.accept(new AllocationKey.OfPool(name));
        }
    }

    /** Begins to write the book of this pool, unless it is as it should be. */
    CompletionStage<Result> write(String name) {
        untidy.remove(name);
        Optional<IPAddressPool> pool = pool(name);
        if (pool.isEmpty()) {
            return Result.DONE.now();
        }
        return books.write(pool.get(), cluster)
                .thenApplyAsync(
                        written -> {
                            if (written == Written.DONE) {
                                bringBack(name);
                            }
                            return AllocationLoop.result(written);
                        },
                        thread);
    }

    /** Whether all that the service is to have is promised to it. Otherwise it comes back once the book is written. */
    boolean havePromised(ServiceKey service, String pool) {
        boolean promised = books.hasPromised(allocations.promised(service), pool(pool));
        if (!promised) {
            books.await(service, pool);
        }
        return promised;
    }

    private Optional<IPAddressPool> pool(String name) {
        return cluster.state().pools().stream()
                .filter(pool -> pool.meta().name().equals(name))
                .findFirst();
    }

    /** What the pool has written down by now can be given. Who is not among that has to wait until there is room. */
    private void bringBack(String pool) {
        books.noLongerWaiting(pool).forEach(key -> mark.accept(new AllocationKey.OfService(key)));
    }
}
