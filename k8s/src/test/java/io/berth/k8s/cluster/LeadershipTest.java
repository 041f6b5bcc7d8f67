package io.berth.k8s.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** That a process goes on competing, whatever its elector comes to. */
class LeadershipTest {

    /** Longer than an elector in memory pauses. */
    private static final Duration SILENCE = Duration.ofSeconds(5);

    private final CountDownLatch gained = new CountDownLatch(1);

    @Test
    void whoCannotEvenBeginToCompeteCompetesAgain() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        compete(new Lease() {
            @Override
            public String describe() {
                return unlessFirst(begun, () -> new IllegalStateException("no thread to be had"), super::describe);
            }
        });

        assertThat(begun).hasValueGreaterThan(1);
    }

    @Test
    void whoseElectorEndsWithoutAWordCompetesAgain() throws InterruptedException {
        AtomicInteger asked = new AtomicInteger();
        // The library never completes a term that ends like this.
        compete(new Lease() {
            @Override
            public @Nullable LeaderElectionRecord get(KubernetesClient client) {
                return unlessFirst(asked, CancellationException::new, () -> super.get(client));
            }
        });

        assertThat(asked).hasValueGreaterThan(1);
    }

    private static <T> T unlessFirst(
            AtomicInteger times, Supplier<? extends RuntimeException> failure, Supplier<T> otherwise) {
        if (times.getAndIncrement() == 0) {
            throw failure.get();
        }
        return otherwise.get();
    }

    private void compete(Lock lease) throws InterruptedException {
        try (Leadership leadership = new Leadership(client(), lease, SILENCE)) {
            leadership.compete(new Leadership.Listener() {
                @Override
                public void gained() {
                    gained.countDown();
                }

                @Override
                public void lost(String leader) {
                    // It is only told at the end.
                }
            });
            assertThat(gained.await(20, TimeUnit.SECONDS)).as("it leads").isTrue();
        }
    }

    /** Nobody is asked through it. */
    private static KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:9")
                        .build())
                .build();
    }

    /** A Lease in memory. */
    private static class Lease implements Lock {

        private volatile @Nullable LeaderElectionRecord record;

        @Override
        public @Nullable LeaderElectionRecord get(KubernetesClient client) {
            return record;
        }

        @Override
        public void create(KubernetesClient client, LeaderElectionRecord made) {
            record = made;
        }

        @Override
        public void update(KubernetesClient client, LeaderElectionRecord changed) {
            record = changed;
        }

        @Override
        public String identity() {
            return "us";
        }

        @Override
        public String describe() {
            return "the lease";
        }
    }
}
