package io.berth.k8s.announce;

import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import io.berth.bgp.Speaker;
import io.berth.k8s.announce.ScriptLine.Announce;
import io.berth.k8s.announce.ScriptLine.Blank;
import io.berth.k8s.announce.ScriptLine.Flush;
import io.berth.k8s.announce.ScriptLine.Malformed;
import io.berth.k8s.announce.ScriptLine.Withdraw;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Has a speaker announce what a script says, line by line, for as long as it goes on. Lines that are there together reach the
 * speaker together: a million of them are not a million errands.
 */
public final class Script {

    private static final int TOGETHER = 8192;

    /** What a script is answered, in the order of its lines. */
    public interface Answers {

        /** All that was read so far has reached TCP; so many announcements and withdrawals since the last time. */
        void flushed(long changes);

        /** A line changed nothing. */
        void error(long line, String problem);
    }

    private final ScriptParser parser;
    private final Speaker speaker;
    private final Answers answers;

    /** Changes that the speaker has not been told yet; of several for one prefix the last. */
    private final Map<Prefix, Set<Route>> pending = new HashMap<>();

    /** Completes when the speaker has taken note of what it was told last: a script may be quicker than it. */
    private CompletableFuture<Void> noted = CompletableFuture.completedFuture(null);

    private long line;
    private long changes;

    public Script(ScriptParser parser, Speaker speaker, Answers answers) {
        this.parser = parser;
        this.speaker = speaker;
        this.answers = answers;
    }

    /** Follows the script to its end; what it has said stands after that. */
    public void follow(BufferedReader script) throws IOException {
        for (String text = script.readLine(); text != null; text = script.readLine()) {
            line++;
            take(parser.parse(text));
            if (pending.size() >= TOGETHER || !script.ready()) {
                handOver();
            }
        }
        handOver();
    }

    private void take(ScriptLine said) {
        switch (said) {
            case Announce announce ->
                change(announce.prefix(), Set.of(Route.toAll(announce.prefix(), announce.attributes())));
            case Withdraw withdraw -> change(withdraw.prefix(), Set.of());
            case Flush _ -> flush();
            case Blank _ -> {
                // Nothing to do.
            }
            case Malformed malformed -> answers.error(line, malformed.problem());
        }
    }

    private void change(Prefix prefix, Set<Route> routes) {
        pending.put(prefix, routes);
        changes++;
    }

    private void flush() {
        handOver();
        long since = changes;
        changes = 0;
        speaker.flush().thenRun(() -> answers.flushed(since));
    }

    private void handOver() {
        if (!pending.isEmpty()) {
            noted.join();
            speaker.setPrefixes(pending);
            noted = speaker.noted();
            pending.clear();
        }
    }
}
