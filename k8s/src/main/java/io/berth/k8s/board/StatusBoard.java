package io.berth.k8s.board;

import io.berth.k8s.board.Wanted.Origin;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where statuses are written down: the API server. A seam: tests have one in memory. Everything blocks until it is done. */
public interface StatusBoard extends AutoCloseable {

    /**
     * The statuses that stand on objects of a kind, by the objects' names; empty where the kind is not known there.
     *
     * @param label that they have, "key=value"; empty for all
     * @throws IOException where they cannot be had for now
     */
    Optional<Map<String, JsonNode>> standing(String kind, String label) throws IOException;

    /**
     * Puts a status in the place of what stands there; fields that it does not have are taken away. An object of our own is made
     * where there is none.
     *
     * @return what stands there then, which is not always what was written: fields that a definition lacks are taken out. Empty
     *     where there is no such object, or kind
     * @throws IOException where that failed for now
     */
    Optional<JsonNode> write(StatusTarget target, Origin origin, JsonNode standing, ObjectNode wanted)
            throws IOException;

    /**
     * Takes an object of our own away.
     *
     * @throws IOException where that failed for now
     */
    void remove(StatusTarget target) throws IOException;

    /** From now on everything is written as fast as can be: it is the last that is said. From any thread. */
    default void hurry() {}

    @Override
    void close();
}
