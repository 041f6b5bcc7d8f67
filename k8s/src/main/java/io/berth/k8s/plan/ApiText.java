package io.berth.k8s.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The arrays of the JSON API as people read them, tables in the manner of kubectl: the same whether a plan has made them or a
 * running process has sent them.
 */
public final class ApiText {

    static final String NONE = "<none>";

    private ApiText() {}

    /** Services; whatever they say of the pools that were considered is left out. */
    public static String services(Stream<? extends JsonNode> services) {
        return Table.of(
                        List.of("NAMESPACE", "SERVICE", "ADDRESS", "POOL", "REASON", "MESSAGE"),
                        services.map(service -> List.of(
                                text(service, "namespace"),
                                text(service, "name"),
                                address(service),
                                pool(service),
                                reason(service),
                                text(service, "message"))))
                .text();
    }

    /** Pools, in columns for the families that any of them has. */
    public static String pools(List<? extends JsonNode> pools) {
        List<String> header = new ArrayList<>(List.of("POOL", "PRIORITY", "AUTO-ASSIGN"));
        List<String> families = Stream.of("ipv4", "ipv6")
                .filter(family -> pools.stream()
                        .anyMatch(pool -> !count(pool, family, "total").equals("0")))
                .toList();
        for (String family : families) {
            String capitals = family.equals("ipv4") ? "IPV4" : "IPV6";
            header.addAll(List.of(capitals + "-USED", capitals + "-FREE"));
        }
        header.add("NAMESPACES");
        return Table.of(header, pools.stream().map(pool -> pool(pool, families)))
                .text();
    }

    private static List<String> pool(JsonNode pool, List<String> families) {
        List<String> row = new ArrayList<>(List.of(
                text(pool, "name"),
                pool.path("priority").asInt(0) == 0 ? NONE : text(pool, "priority"),
                text(pool, "autoAssign")));
        for (String family : families) {
            row.add(count(pool, family, "assigned"));
            row.add(count(pool, family, "available"));
        }
        row.add(orNone(pool.path("namespaces")
                .propertyStream()
                .map(held -> held.getKey() + "=" + held.getValue().asString(""))
                .collect(Collectors.joining(","))));
        return row;
    }

    private static String count(JsonNode pool, String family, String of) {
        return pool.path(family).path(of).asString("0");
    }

    /** Routes, each with who stands behind it. */
    public static String routes(Stream<? extends JsonNode> routes) {
        return Table.of(
                        List.of("NODE", "PEER", "PREFIX", "LOCAL-PREF", "COMMUNITIES", "SERVICES"),
                        routes.map(route -> List.of(
                                text(route, "node"),
                                text(route, "peer"),
                                text(route, "prefix"),
                                orNone(text(route, "localPref")),
                                orNone(joined(
                                        Stream.concat(texts(route, "communities"), texts(route, "largeCommunities")))),
                                joined(texts(route, "services")))))
                .text();
    }

    /** Peers, and what is wrong with those that are not up. */
    public static String peers(Stream<? extends JsonNode> peers) {
        return Table.of(
                        List.of("PEER", "ADDRESS", "STATE", "SINCE", "IPV4", "IPV6", "PENDING", "REASON"),
                        peers.map(peer -> List.of(
                                text(peer, "name"),
                                socket(text(peer, "address"), text(peer, "port")),
                                text(peer, "state"),
                                toTheSecond(text(peer, "since")),
                                text(peer.path("announced"), "ipv4"),
                                text(peer.path("announced"), "ipv6"),
                                text(peer, "pending"),
                                text(peer, "reason"))))
                .text();
    }

    private static String socket(String address, String port) {
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }

    /** {@code 2026-11-24T10:00:00.123456Z} without its fraction. */
    private static String toTheSecond(String instant) {
        return instant.replaceFirst("\\.\\d+Z$", "Z");
    }

    /** What a service has, or that it waits for it. */
    static String address(JsonNode service) {
        return switch (text(service, "outcome")) {
            case "Assigned" -> joined(texts(service, "addresses"));
            case "Unassigned" -> "<pending>";
            default -> NONE;
        };
    }

    static String pool(JsonNode service) {
        return orNone(text(service, "pool"));
    }

    /** The reason; for a service on which there was nothing to decide, that. */
    static String reason(JsonNode service) {
        return service.path("reason").asString(text(service, "outcome"));
    }

    static String text(JsonNode object, String field) {
        return object.path(field).asString("");
    }

    private static Stream<String> texts(JsonNode object, String field) {
        return object.path(field).valueStream().map(value -> value.asString(""));
    }

    private static String joined(Stream<String> texts) {
        return texts.collect(Collectors.joining(","));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? NONE : text;
    }

    /** A table with a heading for each part that is not empty, one below the other. */
    static String parts(Stream<String> parts) {
        return parts.filter(part -> !part.isEmpty()).collect(Collectors.joining("\n"));
    }

    static <T> String unlessEmpty(List<T> values, Function<List<T>, String> text) {
        return values.isEmpty() ? "" : text.apply(values);
    }
}
