package io.berth.k8s.announce;

import io.berth.bgp.NextHop;
import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.Family;
import io.berth.k8s.announce.ScriptLine.Announce;
import io.berth.k8s.announce.ScriptLine.Blank;
import io.berth.k8s.announce.ScriptLine.Flush;
import io.berth.k8s.announce.ScriptLine.Malformed;
import io.berth.k8s.announce.ScriptLine.Withdraw;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the lines of a script one by one.
 *
 * <p>Scripts of a million lines are read at once, and nearly all of their lines say the same of their prefixes: each wording
 * of attributes is parsed once and its value shared, which also lets the routes be packed together.
 */
public final class ScriptParser {

    /** Scripts that say something else of every prefix shall not fill the memory. */
    private static final int WORDINGS = 4096;

    private static final Blank BLANK = new Blank();
    private static final Flush FLUSH = new Flush();

    private final Map<Family, NextHop> nextHops;
    private final Map<Family, Map<String, RouteAttributes>> wordings = new EnumMap<>(Family.class);

    /** A parser for prefixes of these families, with the next hop of each where a line names none. */
    public ScriptParser(Map<Family, NextHop> nextHops) {
        this.nextHops = Map.copyOf(nextHops);
        nextHops.keySet().forEach(family -> wordings.put(family, new HashMap<>()));
    }

    public ScriptLine parse(String line) {
        int comment = line.indexOf('#');
        String text = (comment < 0 ? line : line.substring(0, comment)).strip();
        if (text.isEmpty()) {
            return BLANK;
        }
        try {
            return command(text);
        } catch (IllegalArgumentException malformed) {
            return new Malformed(String.valueOf(malformed.getMessage()));
        }
    }

    private ScriptLine command(String text) {
        int end = Words.endOfWord(text, 0);
        String verb = text.substring(0, end);
        String rest = text.substring(end).stripLeading();
        return switch (verb) {
            case "announce" -> announce(rest);
            case "withdraw" -> withdraw(rest);
            case "flush" -> flush(rest);
            default -> throw new IllegalArgumentException("a line is announce, withdraw or flush, got '" + verb + "'");
        };
    }

    private ScriptLine withdraw(String rest) {
        if (Words.endOfWord(rest, 0) < rest.length()) {
            throw new IllegalArgumentException("withdraw takes a prefix alone, got '" + rest + "'");
        }
        return new Withdraw(prefix(rest));
    }

    private static ScriptLine flush(String rest) {
        if (!rest.isEmpty()) {
            throw new IllegalArgumentException("flush takes nothing after it, got '" + rest + "'");
        }
        return FLUSH;
    }

    private ScriptLine announce(String rest) {
        int end = Words.endOfWord(rest, 0);
        Prefix prefix = prefix(rest.substring(0, end));
        return new Announce(
                prefix, attributes(Family.of(prefix), rest.substring(end).stripLeading()));
    }

    private Prefix prefix(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("the prefix is missing");
        }
        Prefix prefix = Prefix.parse(text);
        if (!nextHops.containsKey(Family.of(prefix))) {
            throw new IllegalArgumentException("prefix " + text + " is of a family that is not among --families");
        }
        return prefix;
    }

    private RouteAttributes attributes(Family family, String wording) {
        Map<String, RouteAttributes> known = wordings.get(family);
        NextHop nextHop = nextHops.get(family);
        if (known == null || nextHop == null) {
            throw new IllegalStateException("a family that was not let in: " + family);
        }
        if (known.size() >= WORDINGS) {
            known.clear();
        }
        return known.computeIfAbsent(
                wording, _ -> AttributeWords.read(family, RouteAttributes.DEFAULT.with(nextHop), Words.of(wording)));
    }
}
