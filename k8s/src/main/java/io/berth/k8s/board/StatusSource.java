package io.berth.k8s.board;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** All that a process has to tell by statuses, at this moment. */
public interface StatusSource {

    /** Objects of one kind whose statuses a process keeps. */
    sealed interface Kept {

        String kind();

        /** All of them; people make them. */
        record Peoples(String kind) implements Kept {}

        /**
         * Those that it makes itself.
         *
         * @param label by which they are known, "key=value"
         */
        record Ours(String kind, String label) implements Kept {}
    }

    /** Whether it is known by now what there is to tell; nothing is written or taken away before. */
    boolean isReady();

    /** Of which objects a process keeps the statuses. */
    List<Kept> kept();

    /**
     * Hears what stands there from before this process began, once and before any of it is written or taken away. Most have no
     * use for it.
     */
    default void found(Map<StatusTarget, JsonNode> standing) {}

    /** What each should say; what is not among them has nothing to say any more. From any thread. */
    Map<StatusTarget, Wanted> desired();
}
