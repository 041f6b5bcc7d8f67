package io.berth.testenv.lab;

import io.berth.testenv.lab.Neighbour.Connection;
import io.berth.testenv.lab.ReceivedRoute.Origin;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** FRRouting: configured by its integrated file, asked through {@code vtysh}, which answers in JSON. */
final class Frr implements RouterSoftware {

    /** FRR's JSON spells out the communities that it has names for. */
    private static final Map<String, String> NAMED_COMMUNITIES = Map.ofEntries(
            Map.entry("gracefulShutdown", "65535:0"),
            Map.entry("acceptown", "65535:1"),
            Map.entry("routeFilterTranslatedV4", "65535:2"),
            Map.entry("routeFilterV4", "65535:3"),
            Map.entry("routeFilterTranslatedV6", "65535:4"),
            Map.entry("routeFilterV6", "65535:5"),
            Map.entry("llgrStale", "65535:6"),
            Map.entry("noLlgr", "65535:7"),
            Map.entry("acceptownnexthop", "65535:8"),
            Map.entry("blackhole", "65535:666"),
            Map.entry("noExport", "65535:65281"),
            Map.entry("noAdvertise", "65535:65282"),
            Map.entry("localAs", "65535:65283"),
            Map.entry("noPeer", "65535:65284"));

    private final JsonMapper json = new JsonMapper();

    @Override
    public String image() {
        return "berth-test/frr";
    }

    @Override
    public String configurationFile() {
        return "/etc/frr/frr.conf";
    }

    @Override
    public Pattern readyLine() {
        return Pattern.compile("^ROUTER READY$", Pattern.MULTILINE);
    }

    @Override
    public String configuration(RouterConfig config, AddressPair own) {
        return """
            frr defaults traditional
            log stdout informational
            router bgp %d
             bgp router-id %s
             no bgp ebgp-requires-policy
             no bgp network import-check
             bgp bestpath as-path multipath-relax
            %s
             address-family ipv4 unicast
              maximum-paths 16
              maximum-paths ibgp 16
            %s
             exit-address-family
             address-family ipv6 unicast
              maximum-paths 16
              maximum-paths ibgp 16
            %s
             exit-address-family
            exit
            """.formatted(
                        config.asn(),
                        own.ipv4().getHostAddress(),
                        lines(config.neighbours().stream().flatMap(Frr::neighbour)),
                        lines(family(config, config.originatedIpv4())),
                        lines(family(config, config.originatedIpv6())));
    }

    private static Stream<String> neighbour(Neighbour neighbour) {
        String us = " neighbor " + neighbour.addressText();
        long hold = neighbour.holdTime().toSeconds();
        return Stream.of(
                us + " remote-as " + neighbour.asn(),
                switch (neighbour.connection()) {
                    case Connection.Awaited() -> us + " passive";
                    case Connection.Dialled(int port) -> us + " port " + port;
                },
                us + " timers " + hold / 3 + " " + hold,
                us + " timers connect 1",
                us + " advertisement-interval 0");
    }

    private static Stream<String> family(RouterConfig config, List<String> originated) {
        return Stream.concat(
                config.neighbours().stream().map(neighbour -> "  neighbor " + neighbour.addressText() + " activate"),
                originated.stream().map(prefix -> "  network " + prefix));
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n"));
    }

    @Override
    public List<String> showRoutes() {
        return vtysh("show bgp ipv4 unicast detail json", "show bgp ipv6 unicast detail json");
    }

    @Override
    public List<ReceivedRoute> routes(String shown) {
        var routes = new ArrayList<ReceivedRoute>();
        try (MappingIterator<JsonNode> tables = json.readerFor(JsonNode.class).readValues(shown)) {
            tables.forEachRemaining(table -> table.path("routes")
                    .forEachEntry((prefix, paths) -> paths.values().stream()
                            .filter(path -> path.path("valid").asBoolean()
                                    && !path.path("sourced").asBoolean())
                            .map(path -> route(prefix, path))
                            .forEach(routes::add)));
        }
        return routes;
    }

    private static ReceivedRoute route(String prefix, JsonNode path) {
        String asPath = path.path("aspath").path("string").asString();
        return new ReceivedRoute(
                prefix,
                path.path("peer").path("peerId").asString(),
                path.path("nexthops").path(0).path("ip").asString(),
                asPath.equals("Local") ? "" : asPath,
                Origin.valueOf(path.path("origin").asString().toUpperCase(Locale.ROOT)),
                path.path("locPrf").asLong(100),
                path.path("metric").asLong(0),
                words(path.path("community")),
                words(path.path("largeCommunity")));
    }

    private static Set<String> words(JsonNode communities) {
        return communities.path("list").values().stream()
                .map(JsonNode::asString)
                .map(word -> NAMED_COMMUNITIES.getOrDefault(word, word))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<String> showSession(InetAddress neighbour) {
        return vtysh("show bgp neighbors " + Neighbour.text(neighbour) + " json");
    }

    @Override
    public SessionState session(String shown) {
        String state = json.readTree(shown).values().stream()
                .map(neighbour -> neighbour.path("bgpState").asString(""))
                .collect(Collectors.joining());
        return switch (state) {
            case "Idle", "Clearing", "Deleted" -> SessionState.IDLE;
            case "Connect" -> SessionState.CONNECT;
            case "Active" -> SessionState.ACTIVE;
            case "OpenSent" -> SessionState.OPEN_SENT;
            case "OpenConfirm" -> SessionState.OPEN_CONFIRM;
            case "Established" -> SessionState.ESTABLISHED;
            default -> throw new IllegalArgumentException("FRR shows a session in the state '" + state + "': " + shown);
        };
    }

    @Override
    public List<String> closeSession(InetAddress neighbour) {
        return vtysh("clear bgp " + Neighbour.text(neighbour));
    }

    @Override
    public List<String> requestRefresh(InetAddress neighbour) {
        return vtysh("clear bgp " + Neighbour.text(neighbour) + " soft in");
    }

    private static List<String> vtysh(String... commands) {
        return Stream.concat(Stream.of("vtysh"), Stream.of(commands).flatMap(command -> Stream.of("-c", command)))
                .toList();
    }
}
