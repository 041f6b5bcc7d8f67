package io.berth.k8s.announce;

import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import io.berth.bgp.Speaker;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Carries out a script as its lines come: each prefix is an owner of one route. Lines that are there together are handed to the
 * speaker together, so that their routes leave in as few messages as possible.
 */
public final class Script {

    private static final int TOGETHER = 4096;

    private final ScriptParser parser;
    private final Speaker speaker;
    private final PrintWriter answers;
    private final PrintWriter complaints;

    private Map<String, Set<Route>> pending = new HashMap<>();
    private long line;
    private long sinceFlush;

    /**
     * @param answers where "flushed N" goes
     * @param complaints where lines that cannot be understood are told
     */
    public Script(ScriptParser parser, Speaker speaker, PrintWriter answers, PrintWriter complaints) {
        this.parser = parser;
        this.speaker = speaker;
        this.answers = answers;
        this.complaints = complaints;
    }

    /** Reads to the end of the input. */
    public void run(BufferedReader input) throws IOException {
        for (String text = input.readLine(); text != null; text = input.readLine()) {
            line++;
            carryOut(parser.parse(text));
            if (pending.size() >= TOGETHER || !input.ready()) {
                handOver();
            }
        }
        handOver();
    }

    private void carryOut(ScriptLine parsed) {
        switch (parsed) {
            case ScriptLine.Announce announce ->
                want(announce.prefix(), Set.of(Route.toAll(announce.prefix(), announce.attributes())));
            case ScriptLine.Withdraw withdraw -> want(withdraw.prefix(), Set.of());
            case ScriptLine.Flush _ -> flush();
            case ScriptLine.Blank _ -> {
                // Nothing is asked.
            }
            case ScriptLine.Malformed malformed ->
                complaints.println("error: line " + line + ": " + malformed.problem());
        }
    }

    private void want(Prefix prefix, Set<Route> routes) {
        pending.put(prefix.toString(), routes);
        sinceFlush++;
    }

    private void flush() {
        handOver();
        String answer = "flushed " + sinceFlush;
        sinceFlush = 0;
        speaker.flush().thenRun(() -> answers.println(answer));
    }

    private void handOver() {
        if (!pending.isEmpty()) {
            speaker.setRoutes(pending);
            pending = new HashMap<>();
        }
    }
}
