package io.berth.k8s.board;

import java.time.Instant;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a status should say, and whose the object is that it stands on. */
public record Wanted(Origin origin, Text text) {

    /** Who makes the object. */
    public sealed interface Origin {

        /**
         * People write it: nothing of it is ours but the status.
         *
         * @param created when they made it: one that was made anew has no status, whatever was said of its predecessor.
         *     {@link #UNKNOWN} where nobody knows
         */
        record People(Instant created) implements Origin {

            public static final Instant UNKNOWN = Instant.MAX;
        }

        /**
         * It is there for its status only: we make it when there is something to say, and take it away when there is nothing any
         * more.
         *
         * @param node the Node that it goes with; empty where it goes with none
         */
        record Berth(Map<String, String> labels, String node) implements Origin {
            public Berth {
                labels = Map.copyOf(labels);
            }
        }
    }

    /** The words. */
    public interface Text {

        /**
         * The status as a tree.
         *
         * @param previous the one before: conditions that are as they were keep the time of their last transition
         */
        ObjectNode tree(JsonNode previous, Instant now);
    }

    /** @param created when people made the object; {@link Origin.People#UNKNOWN} where nobody knows */
    public static Wanted onPeoples(Instant created, Text text) {
        return new Wanted(new Origin.People(created), text);
    }

    public static Wanted onOurs(Map<String, String> labels, String node, Text text) {
        return new Wanted(new Origin.Berth(labels, node), text);
    }
}
