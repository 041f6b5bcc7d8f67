package io.berth.k8s.status;

import io.berth.k8s.board.StatusWrite;
import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.BGPPeer.Password;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.UnservedOption;
import io.berth.k8s.resource.UnservedOption.Consequence;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What the status of a BGPPeer says: whether speakers can do what is asked of them there. */
public sealed interface PeerStatus {

    /** One that can be read; it may ask for what the speaker does not have. */
    record Legible(BGPPeer peer) implements PeerStatus {}

    /** One that cannot. */
    record Invalid(List<ConfigError> errors) implements PeerStatus {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /** One whose password is nowhere, so that there is no session. */
    record SecretNotFound(Password.InSecret wanted) implements PeerStatus {}

    /**
     * The status as a tree. A peer that there will be a session with is ready, also where the session lacks an option; the
     * reason is NotServed then all the same.
     *
     * @param previous the status that was written last; see {@link StatusWrite#isDone}
     */
    default ObjectNode tree(JsonNode previous, Instant now) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.set("conditions", ready().after(previous, now));
        return tree;
    }

    private Condition ready() {
        return switch (this) {
            case Legible(BGPPeer peer) -> ready(peer.notServed());
            case Invalid(List<ConfigError> errors) ->
                new Condition("Ready", Condition.Truth.FALSE, "Invalid", PoolStatus.messages(errors));
            case SecretNotFound(Password.InSecret(String namespace, String name)) ->
                new Condition(
                        "Ready",
                        Condition.Truth.FALSE,
                        "SecretNotFound",
                        "spec.passwordSecret: Secret " + namespace + "/" + name
                                + " with a key 'password' does not exist;" + " the session stays down until it does");
        };
    }

    private static Condition ready(List<UnservedOption> notServed) {
        if (notServed.isEmpty()) {
            return new Condition("Ready", Condition.Truth.TRUE, "Valid", "speakers do all that is asked of them");
        }
        String fields = notServed.stream().map(UnservedOption::toString).collect(Collectors.joining(", "));
        boolean noSession = notServed.stream().anyMatch(option -> option.consequence() == Consequence.NO_SESSION);
        return new Condition(
                "Ready",
                noSession ? Condition.Truth.FALSE : Condition.Truth.TRUE,
                "NotServed",
                "not served by this version of Berth: " + fields + "; "
                        + (noSession ? "there is no session" : "the session runs without"));
    }
}
