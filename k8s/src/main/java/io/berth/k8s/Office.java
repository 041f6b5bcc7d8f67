package io.berth.k8s;

import io.berth.k8s.cluster.Cluster;
import io.berth.k8s.cluster.KubernetesApi;
import io.berth.k8s.cluster.Leadership;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a process may decide: always, or while it leads. */
sealed interface Office extends AutoCloseable {

    /** What is done in office. Both are called from any thread, and take no time. */
    interface Duty {
        void begin();

        void end();
    }

    /** Whether it may at this moment. From any thread. */
    boolean isHeld();

    /** From now on the duty is done whenever it may be. */
    void serve(Duty duty, Cluster cluster);

    @Override
    void close();

    /** There is no other process, or none that is told apart. */
    record Permanent() implements Office {
        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public void serve(Duty duty, Cluster cluster) {
            duty.begin();
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
        public void serve(Duty duty, Cluster cluster) {
            leadership.compete(new Leadership.Listener() {
                @Override
                public void gained() {
                    begin(duty, cluster);
                }

                @Override
                public void lost(String leader) {
                    duty.end();
                }
            });
        }

        /** Whoever led before has written until a moment ago: nothing is decided before all of that is known. */
        private void begin(Duty duty, Cluster cluster) {
            cluster.catchUp().whenComplete((_, problem) -> {
                if (problem == null && isHeld()) {
                    duty.begin();
                } else if (problem != null && isHeld()) {
                    LOG.warn("not allocating yet: the services cannot be listed: {}", problem.toString());
                    A_MOMENT_LATER.execute(() -> begin(duty, cluster));
                }
            });
        }

        @Override
        public void close() {
            leadership.close();
        }
    }
}
