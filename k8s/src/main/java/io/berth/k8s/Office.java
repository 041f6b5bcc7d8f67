package io.berth.k8s;

import io.berth.k8s.allocation.AllocationLoop;
import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.KubernetesApi;
import io.berth.k8s.cluster.Leadership;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a process may allocate: always, or while it leads. */
sealed interface Office extends AutoCloseable {

    /** Whether it may at this moment. From any thread. */
    boolean isHeld();

    /** From now on the loop works whenever it may. */
    void serve(AllocationLoop loop, Cluster cluster);

    @Override
    void close();

    /** There is no other process, or none that is told apart. */
    record Permanent() implements Office {
        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public void serve(AllocationLoop loop, Cluster cluster) {
            loop.lead();
        }

        @Override
        public void close() {
            // Nobody waits for it.
        }
    }

    /** One of several processes has it, by a Lease. */
    final class Elected implements Office {

        private static final Logger LOG = LoggerFactory.getLogger(Office.class);
        private static final Executor A_MOMENT_LATER = CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS);

        private final Leadership leadership;

        Elected(KubernetesApi api, String lease, String identity) {
            this.leadership = new Leadership(api, lease, identity);
        }

        @Override
        public boolean isHeld() {
            return leadership.isHeld();
        }

        @Override
        public void serve(AllocationLoop loop, Cluster cluster) {
            leadership.compete(new Leadership.Listener() {
                @Override
                public void gained() {
                    begin(loop, cluster);
                }

                @Override
                public void lost(String leader) {
                    loop.standBy();
                }
            });
        }

        /** Whoever led before has written until a moment ago: nothing is decided before all of that is known. */
        private void begin(AllocationLoop loop, Cluster cluster) {
            cluster.catchUp().whenComplete((_, problem) -> {
                if (problem == null) {
                    loop.lead();
                } else if (isHeld()) {
                    LOG.warn("not allocating yet: the services cannot be listed: {}", problem.toString());
                    A_MOMENT_LATER.execute(() -> begin(loop, cluster));
                }
            });
        }

        @Override
        public void close() {
            leadership.close();
        }
    }
}
