package io.berth.k8s;

import io.berth.bgp.PeerListener;
import io.berth.bgp.SessionState;
import io.berth.k8s.announce.Script;
import io.berth.k8s.loop.LoopThread;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What {@code berth announce} says: printed on a thread of its own, since nobody may have to wait for who reads it. */
final class AnnounceOutput implements PeerListener, Script.Answers {

    private static final Logger LOG = LoggerFactory.getLogger(AnnounceOutput.class);
    private static final JsonMapper JSON = new JsonMapper();

    private final PrintWriter out;
    private final PrintWriter err;
    private final LineFormat format;
    private final LoopThread thread;

    AnnounceOutput(CommandLine command, LineFormat format, LoopThread thread) {
        this.out = command.getOut();
        this.err = command.getErr();
        this.format = format;
        this.thread = thread;
    }

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to, String reason) {
        Instant now = Instant.now();
        thread.execute(() -> out.println(
                switch (format) {
                    case TEXT -> peer + " is " + to + (reason.isEmpty() ? "" : ": " + reason);
                    case JSON -> json(peer, to, reason, now);
                }));
    }

    private static String json(String peer, SessionState state, String reason, Instant now) {
        ObjectNode line = JSON.createObjectNode();
        line.put("peer", peer).put("state", state.toString()).put("at", now.toString());
        if (!reason.isEmpty()) {
            line.put("reason", reason);
        }
        return JSON.writeValueAsString(line);
    }

    @Override
    public void notice(String text) {
        LOG.warn(text);
    }

    @Override
    public void flushed(long changes) {
        thread.execute(() -> out.println("flushed " + changes));
    }

    @Override
    public void error(long line, String problem) {
        thread.execute(() -> err.println("error: line " + line + ": " + problem));
    }

    /** What was read so far stands. */
    void inputLost(IOException unreadable) {
        thread.execute(() -> err.println("error: standard input: " + unreadable.getMessage()));
    }
}
