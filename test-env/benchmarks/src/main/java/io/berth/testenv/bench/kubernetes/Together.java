package io.berth.testenv.bench.kubernetes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Requests to an API server, as many at once as Berth's controller would have under way. */
final class Together {

    private static final int AT_ONCE = 32;

    private Together() {}

    /** Does that with each of them, and returns how long all took. */
    static <T> Duration each(List<T> all, Consumer<T> request) {
        long start = System.nanoTime();
        var free = new Semaphore(AT_ONCE);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> running = all.stream()
                    .map(each -> {
                        free.acquireUninterruptibly();
                        return CompletableFuture.runAsync(() -> request.accept(each), threads)
                                .whenComplete((done, failure) -> free.release());
                    })
                    .toList();
            running.forEach(CompletableFuture::join);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
