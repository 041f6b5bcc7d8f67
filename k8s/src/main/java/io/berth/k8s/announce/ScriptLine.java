package io.berth.k8s.announce;

import io.berth.bgp.Prefix;
import io.berth.bgp.RouteAttributes;

/** What one line of a script asks for. */
public sealed interface ScriptLine {

    /** The prefix is to be announced with these attributes, in the place of what was said of it before. */
    record Announce(Prefix prefix, RouteAttributes attributes) implements ScriptLine {}

    /** The prefix is not to be announced any more. */
    record Withdraw(Prefix prefix) implements ScriptLine {}

    /** The reader of the script's answers wants to know when all of the lines before have reached TCP. */
    record Flush() implements ScriptLine {}

    /** Nothing: an empty line or a comment. */
    record Blank() implements ScriptLine {}

    /** It cannot be understood; the problem in one line. */
    record Malformed(String problem) implements ScriptLine {}
}
