package io.berth.k8s.live;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.OneLine;
import io.berth.metrics.http.Api.Part;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a running process tells of a part of its API. */
public sealed interface Reading {

    /** The part, as it was sent. */
    record Told(JsonNode tree) implements Reading {}

    /** Nothing, and why, in one sentence. */
    record NotTold(String why) implements Reading {}

    /** Asks for one of the arrays. */
    static Reading of(Server server, Part part) {
        return of(server, server.ask(part.path()), JsonNode::isArray);
    }

    /** Asks for all that is known of one service. */
    static Reading of(Server server, ServiceKey service) {
        String encoded = URLEncoder.encode(service.toString(), StandardCharsets.UTF_8);
        return of(server, server.ask(Part.EXPLAIN.path() + "?service=" + encoded), JsonNode::isObject);
    }

    /** Only those elements of an array that are wanted. */
    default Reading only(Predicate<JsonNode> wanted) {
        return switch (this) {
            case Told(JsonNode all) -> {
                ArrayNode some = JsonNodeFactory.instance.arrayNode();
                all.valueStream().filter(wanted).forEach(some::add);
                yield new Told(some);
            }
            case NotTold notTold -> notTold;
        };
    }

    /** An object with a message is how a process says why it tells nothing; whatever else comes is not from one of ours. */
    private static Reading of(Server server, Reply reply, Predicate<JsonNode> expected) {
        return switch (reply) {
            case Reply.Silent(String why) -> new NotTold(why);
            case Reply.Answered answered -> {
                Optional<JsonNode> tree = answered.tree();
                yield tree.filter(expected)
                        .filter(_ -> answered.status() == 200)
                        .<Reading>map(Told::new)
                        .orElseGet(() -> new NotTold(
                                tree.flatMap(Reading::message).orElseGet(() -> answered.unexpected(server))));
            }
        };
    }

    private static Optional<String> message(JsonNode error) {
        return error.path("message").asStringOpt().map(OneLine::of);
    }
}
