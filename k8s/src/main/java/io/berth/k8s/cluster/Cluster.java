package io.berth.k8s.cluster;

import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Service;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Where the world comes from and where decisions are written down: the API server, or a directory of manifests. Writing keeps
 * nobody waiting. What was written is seen in the {@link #state} sooner or later; no caller may rely on when.
 */
public interface Cluster extends AutoCloseable {

    /** Hears that the world changed, on a thread of the cluster's; an implementation only notes it and returns. */
    interface Listener {
        void changed(ClusterState before, ClusterState after);
    }

    /** Whether what was to be written was written. */
    enum Written {
        DONE,
        /** The object is no longer what the decision was made on: decide again. */
        CONFLICT
    }

    /** Who else may write decisions down. */
    enum Writers {
        /** Nobody: the cluster lets one process in. */
        THIS_ONE,
        /** Another process that believes that it decides. */
        SEVERAL
    }

    /** Who else may write decisions down there. */
    default Writers writers() {
        return Writers.THIS_ONE;
    }

    /** Why the world is not known yet, one reason each; none once it is. From any thread. */
    default List<String> unready() {
        return List.of();
    }

    /** Completes once services and pools are known as they were when this was called, or later. */
    default CompletionStage<Void> catchUp() {
        return CompletableFuture.completedStage(null);
    }

    /** Reads the world for the first time, and from then on tells of every change. */
    void start(Listener listener);

    /** The world as it was last read. */
    ClusterState state();

    /**
     * Begins to write a service's addresses and the pool they are from; empty where it has none any more. No other field is touched.
     *
     * @param basis the service as it was when the decision was made
     * @return what becomes of it, from any thread; exceptionally where it could not be written for now
     */
    CompletionStage<Written> writeStatus(Service basis, List<InetAddress> addresses, String pool);

    /**
     * Begins to write what a pool has to remember over a restart, as the annotation {@link IPAddressPool#TENURES_ANNOTATION}; empty for
     * nothing. No other field is touched.
     *
     * @param basis the pool as it was when this was worked out
     * @return as of {@link #writeStatus}
     */
    CompletionStage<Written> writeTenures(IPAddressPool basis, String tenures);

    /** Tells the owner of an object what happened to it. The same told again is counted, not repeated. */
    void event(Event event);

    @Override
    void close();

    /** Something that the owner of an object should know of (a Kubernetes Event). */
    record Event(String object, Type type, String reason, String message) {

        public enum Type {
            NORMAL("Normal"),
            WARNING("Warning");

            private final String word;

            Type(String word) {
                this.word = word;
            }

            @Override
            public String toString() {
                return word;
            }
        }
    }
}
