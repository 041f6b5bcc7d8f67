package io.berth.k8s;

import io.berth.k8s.cluster.KubernetesApi;
import io.berth.k8s.cluster.Leadership;

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
    void serve(Duty duty);

    @Override
    void close();

    /** There is no other process, or none that is told apart. */
    record Permanent() implements Office {
        @Override
        public boolean isHeld() {
            return true;
        }

        @Override
        public void serve(Duty duty) {
            duty.begin();
        }

        @Override
        public void close() {
            // Nobody waits for it.
        }
    }

    /** One of several processes has it, by a Lease. */
    final class Elected implements Office {

        private final Leadership leadership;

        Elected(KubernetesApi api, String lease, String identity) {
            this.leadership = new Leadership(api, lease, identity);
        }

        @Override
        public boolean isHeld() {
            return leadership.isHeld();
        }

        @Override
        public void serve(Duty duty) {
            leadership.compete(new Leadership.Listener() {
                @Override
                public void gained() {
                    duty.begin();
                }

                @Override
                public void lost(String leader) {
                    duty.end();
                }
            });
        }

        @Override
        public void close() {
            leadership.close();
        }
    }
}
