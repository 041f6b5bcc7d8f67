package io.berth.testenv.lab;

import io.berth.testenv.lab.Neighbour.Connection;
import io.berth.testenv.lab.ReceivedRoute.Origin;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** BIRD 2: asked through {@code birdc}, which answers in text. A session's protocol carries the neighbour's address as its name. */
final class Bird implements RouterSoftware {

    /** A path: the prefix, left out when it is the one of the path above, then the protocol and perhaps the neighbour. */
    private static final Pattern PATH = Pattern.compile("^(\\S+/\\d+)?\\s+(\\w+) \\[(\\S+) .*$");

    private static final Pattern ATTRIBUTE = Pattern.compile("^\\s+BGP\\.(\\w+):\\s*(.*?)\\s*$");

    private static final Pattern COMMUNITY = Pattern.compile("\\(([^)]+)\\)");

    private static final Pattern STATE = Pattern.compile("BGP state:\\s+(\\w+)");

    @Override
    public String image() {
        return "berth-test/bird";
    }

    @Override
    public String configurationFile() {
        return "/etc/bird/bird.conf";
    }

    @Override
    public Pattern readyLine() {
        return Pattern.compile("<INFO> Started$", Pattern.MULTILINE);
    }

    @Override
    public String configuration(RouterConfig config, AddressPair own) {
        return """
            log stderr all;
            router id %s;
            protocol device { }
            protocol direct { ipv4; ipv6; }
            protocol kernel { merge paths on; ipv4 { import none; export where source = RTS_BGP; }; }
            protocol kernel { merge paths on; ipv6 { import none; export where source = RTS_BGP; }; }
            protocol static { ipv4;%s }
            protocol static { ipv6;%s }
            template bgp neighbour {
              local as %d;
              connect delay time 1;
              connect retry time 1;
              error wait time 1, 1;
              ipv4 { import all; export where source = RTS_STATIC; };
              ipv6 { import all; export where source = RTS_STATIC; };
            }
            %s
            """.formatted(
                        own.ipv4().getHostAddress(),
                        blackholes(config.originatedIpv4()),
                        blackholes(config.originatedIpv6()),
                        config.asn(),
                        config.neighbours().stream().map(Bird::neighbour).collect(Collectors.joining("\n")));
    }

    private static String blackholes(List<String> prefixes) {
        return prefixes.stream()
                .map(prefix -> " route " + prefix + " blackhole;")
                .collect(Collectors.joining());
    }

    private static String neighbour(Neighbour neighbour) {
        long hold = neighbour.holdTime().toSeconds();
        String address = neighbour.addressText();
        String where = switch (neighbour.connection()) {
            case Connection.Awaited() -> "passive on; neighbor " + address;
            case Connection.Dialled(int port) -> "neighbor " + address + " port " + port;
        };
        return """
            protocol bgp '%s' from neighbour {
              %s as %d;
              hold time %d;
              keepalive time %d;
            }\
            """.formatted(address, where, neighbour.asn(), hold, Math.max(1, hold / 3));
    }

    @Override
    public List<String> showRoutes() {
        return List.of("birdc", "show route where source = RTS_BGP all");
    }

    @Override
    public List<ReceivedRoute> routes(String shown) {
        var routes = new ArrayList<ReceivedRoute>();
        String prefix = "";
        List<String> lines = shown.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher path = PATH.matcher(lines.get(i));
            if (path.matches()) {
                prefix = path.group(1) == null ? prefix : path.group(1);
                if (!path.group(2).equals("unreachable")) {
                    routes.add(route(prefix, path.group(3), attributes(lines.subList(i + 1, lines.size()))));
                }
            }
        }
        return routes;
    }

    private static Map<String, String> attributes(List<String> lines) {
        var attributes = new HashMap<String, String>();
        lines.stream()
                .takeWhile(line -> line.startsWith("\t"))
                .map(ATTRIBUTE::matcher)
                .filter(Matcher::matches)
                .forEach(attribute -> attributes.put(attribute.group(1), attribute.group(2)));
        return attributes;
    }

    private static ReceivedRoute route(String prefix, String from, Map<String, String> attributes) {
        return new ReceivedRoute(
                prefix,
                from,
                attributes.getOrDefault("next_hop", "").split(" ")[0],
                attributes.getOrDefault("as_path", ""),
                Origin.valueOf(attributes.getOrDefault("origin", "Incomplete").toUpperCase(Locale.ROOT)),
                Long.parseLong(attributes.getOrDefault("local_pref", "100")),
                Long.parseLong(attributes.getOrDefault("med", "0")),
                communities(attributes.getOrDefault("community", "")),
                communities(attributes.getOrDefault("large_community", "")));
    }

    private static Set<String> communities(String tuples) {
        return COMMUNITY
                .matcher(tuples)
                .results()
                .map((MatchResult tuple) -> tuple.group(1).replaceAll(",\\s*", ":"))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public List<String> showSession(InetAddress neighbour) {
        return birdc("show protocols all", neighbour);
    }

    @Override
    public SessionState session(String shown) {
        Matcher state = STATE.matcher(shown);
        if (!state.find()) {
            throw new IllegalArgumentException("BIRD shows no BGP state: " + shown);
        }
        return switch (state.group(1)) {
            case "Idle", "Close", "Down" -> SessionState.IDLE;
            case "Connect" -> SessionState.CONNECT;
            case "Active", "Passive" -> SessionState.ACTIVE;
            case "OpenSent" -> SessionState.OPEN_SENT;
            case "OpenConfirm" -> SessionState.OPEN_CONFIRM;
            case "Established" -> SessionState.ESTABLISHED;
            default -> throw new IllegalArgumentException("BIRD shows a state that is unknown here: " + shown);
        };
    }

    @Override
    public List<String> closeSession(InetAddress neighbour) {
        return birdc("restart", neighbour);
    }

    @Override
    public List<String> requestRefresh(InetAddress neighbour) {
        return birdc("reload in", neighbour);
    }

    private static List<String> birdc(String command, InetAddress neighbour) {
        return List.of("birdc", command + " '" + Neighbour.text(neighbour) + "'");
    }
}
