package io.berth.k8s.plan;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.NearestName;
import io.berth.k8s.resource.OneLine;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * An explanation as people read it: what the service has, then every pool, then every node. It is made of the tree, so that it
 * reads the same whether a plan has made that or a running process has sent it.
 */
public final class ExplanationText {

    private static final String ASK_A_SPEAKER =
            "Who announces it, this controller does not know: ask the speakers, each for its node (--server"
                    + " http://NODE:7472).\n";
    private static final String ASK_A_CONTROLLER =
            "Which pools were considered, this speaker does not know: ask the controller (--server"
                    + " http://CONTROLLER:7472).\n";

    private ExplanationText() {}

    /** What the tree says, and who would know of the half that it does not say. */
    public static String of(JsonNode explanation) {
        return ApiText.parts(Stream.of(
                service(explanation),
                explanation.has("outcome") ? considered(explanation) : ASK_A_CONTROLLER,
                explanation.has("announced") ? announced(explanation) : ASK_A_SPEAKER,
                withheld(explanation)));
    }

    /** That there is no such service, and which might have been meant. */
    public static String unknown(ServiceKey service, Stream<ServiceKey> known) {
        List<String> names = known.map(ServiceKey::toString).toList();
        return "there is no Service " + service + NearestName.hint(service.toString(), names);
    }

    private static String service(JsonNode explanation) {
        String name = "Service:   " + line(explanation, "namespace") + "/" + line(explanation, "name") + "\n";
        return explanation.has("outcome")
                ? name
                        + """
                        Outcome:   %s
                        Address:   %s
                        Pool:      %s
                        Reason:    %s
                        Message:   %s
                        """.formatted(
                                        line(explanation, "outcome"),
                                        OneLine.of(ApiText.address(explanation)),
                                        OneLine.of(ApiText.pool(explanation)),
                                        OneLine.of(ApiText.reason(explanation)),
                                        line(explanation, "message"))
                : name;
    }

    private static String line(JsonNode explanation, String field) {
        return OneLine.of(ApiText.text(explanation, field));
    }

    private static String considered(JsonNode explanation) {
        return ApiText.unlessEmpty(
                elements(explanation, "considered"),
                pools -> Table.of(
                                List.of("POOL", "VERDICT", "MESSAGE"),
                                pools.stream()
                                        .map(pool -> List.of(
                                                ApiText.text(pool, "pool"),
                                                ApiText.text(pool, "verdict"),
                                                ApiText.text(pool, "message"))))
                        .text());
    }

    private static String announced(JsonNode explanation) {
        return ApiText.unlessEmpty(
                elements(explanation, "announced"), routes -> "Announced:\n" + ApiText.routes(routes.stream()));
    }

    private static String withheld(JsonNode explanation) {
        return ApiText.unlessEmpty(
                elements(explanation, "notAnnounced"),
                nodes -> "Not announced:\n"
                        + Table.of(
                                        List.of("NODE", "REASON", "MESSAGE"),
                                        nodes.stream()
                                                .map(node -> List.of(
                                                        ApiText.text(node, "node"),
                                                        ApiText.text(node, "reason"),
                                                        ApiText.text(node, "message"))))
                                .text());
    }

    private static List<JsonNode> elements(JsonNode explanation, String field) {
        return explanation.path(field).valueStream().toList();
    }
}
