package io.berth.k8s.announce;

import io.berth.bgp.PeerListener;
import io.berth.bgp.SessionState;
import java.time.Instant;
import java.util.function.Consumer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Tells every change of a session's state in one line. */
public final class StateLines implements PeerListener {

    /** How a line looks. */
    public enum Form {
        TEXT,
        JSON
    }

    private static final JsonMapper JSON = new JsonMapper();

    private final Form form;
    private final Consumer<String> lines;
    private final Consumer<String> notices;

    /**
     * @param lines takes the lines of states
     * @param notices takes what else a person should read
     */
    public StateLines(Form form, Consumer<String> lines, Consumer<String> notices) {
        this.form = form;
        this.lines = lines;
        this.notices = notices;
    }

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to, String reason) {
        lines.accept(form == Form.JSON ? json(peer, to, reason, Instant.now()) : text(peer, to, reason));
    }

    @Override
    public void notice(String text) {
        notices.accept(text);
    }

    static String text(String peer, SessionState state, String reason) {
        return peer + " is " + state + (reason.isEmpty() ? "" : ": " + reason);
    }

    static String json(String peer, SessionState state, String reason, Instant at) {
        ObjectNode line = JSON.createObjectNode();
        line.put("peer", peer).put("state", state.toString()).put("at", at.toString());
        if (!reason.isEmpty()) {
            line.put("reason", reason);
        }
        return JSON.writeValueAsString(line);
    }
}
