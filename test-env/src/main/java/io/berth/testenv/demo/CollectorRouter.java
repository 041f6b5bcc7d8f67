package io.berth.testenv.demo;

import io.berth.testenv.BerthProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The router that needs nothing but a JDK: {@code berth collect} on a loopback address. */
final class CollectorRouter implements DemoRouter {

    private static final String ADDRESS = "127.0.0.2";
    private static final int PORT = 1790;
    private static final JsonMapper JSON = new JsonMapper();

    private final BerthProcess collector;

    CollectorRouter() {
        collector = BerthProcess.start(
                "collect",
                "--listen",
                ADDRESS + ":" + PORT,
                "--local-as",
                "64513",
                "--router-id",
                ADDRESS,
                "-o",
                "json");
    }

    @Override
    public String description() {
        return "berth collect on " + ADDRESS + ":" + PORT + ", AS " + DemoPeer.ROUTER_AS;
    }

    @Override
    public String peerManifest() {
        return DemoPeer.manifest(ADDRESS, PORT);
    }

    /** What the lines of {@code berth collect}, one for each change, add up to. */
    @Override
    public List<TableEntry> table() {
        var table = new TreeMap<String, TableEntry>();
        for (String line : collector.stdout()) {
            JsonNode change = JSON.readTree(line);
            String prefix = change.path("prefix").asString("");
            switch (change.path("type").asString("")) {
                case "announce" -> table.put(prefix, entry(prefix, change));
                case "withdraw" -> table.remove(prefix);
                default -> {
                    // A session coming or going, or an End-of-RIB: no line of the table.
                }
            }
        }
        return new ArrayList<>(table.values());
    }

    private static TableEntry entry(String prefix, JsonNode change) {
        return new TableEntry(
                prefix,
                change.path("nextHop").asString(""),
                joined(change.path("asPath")),
                joined(change.path("communities")));
    }

    private static String joined(JsonNode node) {
        return node.isArray()
                ? String.join(" ", node.valueStream().map(JsonNode::asString).toList())
                : node.asString("");
    }

    @Override
    public void close() {
        collector.close();
    }
}
