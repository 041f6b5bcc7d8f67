package io.berth.k8s.collect;

import io.berth.bgp.AddressLiteral;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A change as one line, for people or as JSON. */
public final class ChangeLines {

    private static final JsonMapper JSON = new JsonMapper();

    private ChangeLines() {}

    /** {@code + 10.0.1.0/32 via 127.0.0.1 path 64512 communities 64512:100 from 127.0.0.1:40412}. */
    public static String text(Change change) {
        return switch (change) {
            case Change.Announced announced ->
                "+ " + announced.prefix() + " via "
                        + AddressLiteral.of(announced.nextHop()) + " " + described(announced.attributes()) + " from "
                        + announced.peer();
            case Change.Withdrawn withdrawn -> "- " + withdrawn.prefix() + " from " + withdrawn.peer();
            case Change.EndOfRib end -> "  End-of-RIB " + end.family() + " from " + end.peer();
            case Change.State state ->
                "  " + state.peer() + " is " + state.state() + (state.reason().isEmpty() ? "" : ": " + state.reason());
        };
    }

    /** {@code path 64512 communities 64512:100}: what a person watches for. */
    public static String described(List<PathAttribute> attributes) {
        List<String> words = new ArrayList<>();
        for (PathAttribute attribute : attributes) {
            switch (attribute) {
                case Path path -> words.add("path " + (path.path().segments().isEmpty() ? "(empty)" : path.path()));
                case LocalPref localPref -> words.add("local-preference " + localPref.value());
                case MultiExitDisc med -> words.add("med " + med.value());
                case Communities communities -> words.add("communities " + joined(communities.communities()));
                case LargeCommunities communities ->
                    words.add("large-communities " + joined(communities.communities()));
                default -> {
                    // Nothing that a person watches for.
                }
            }
        }
        return String.join(" ", words);
    }

    private static String joined(List<?> communities) {
        return String.join(" ", communities.stream().map(Object::toString).toList());
    }

    /** One JSON object without a line break. */
    public static String json(Change change, Instant now) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", now.toString()).put("peer", change.peer());
        switch (change) {
            case Change.Announced announced -> announced(announced, line.put("type", "announce"));
            case Change.Withdrawn withdrawn ->
                line.put("type", "withdraw").put("prefix", withdrawn.prefix().toString());
            case Change.EndOfRib end ->
                line.put("type", "eor").put("family", end.family().name().startsWith("IPV4") ? "ipv4" : "ipv6");
            case Change.State state -> {
                line.put("type", "state").put("state", state.state().toString());
                if (!state.reason().isEmpty()) {
                    line.put("reason", state.reason());
                }
            }
        }
        return JSON.writeValueAsString(line);
    }

    private static void announced(Change.Announced route, ObjectNode line) {
        line.put("prefix", route.prefix().toString());
        line.put("nextHop", AddressLiteral.of(route.nextHop()));
        line.put(
                "asPath",
                attribute(route, Path.class).map(path -> path.path().toString()).orElse(""));
        attribute(route, RouteOrigin.class)
                .ifPresent(origin -> line.put("origin", origin.origin().name().toLowerCase(Locale.ROOT)));
        attribute(route, LocalPref.class).ifPresent(localPref -> line.put("localPref", localPref.value()));
        attribute(route, MultiExitDisc.class).ifPresent(med -> line.put("med", med.value()));
        ArrayNode communities = line.putArray("communities");
        attribute(route, Communities.class)
                .ifPresent(values ->
                        values.communities().stream().map(Community::toString).forEach(communities::add));
        ArrayNode large = line.putArray("largeCommunities");
        attribute(route, LargeCommunities.class)
                .ifPresent(values -> values.communities().stream()
                        .map(LargeCommunity::toString)
                        .forEach(large::add));
    }

    private static <A extends PathAttribute> Optional<A> attribute(Change.Announced route, Class<A> kind) {
        return route.attributes().stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
