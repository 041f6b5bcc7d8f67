package io.berth.k8s.live;

import io.berth.k8s.resource.OneLine;
import java.util.List;
import java.util.Optional;

/** Whether a running process can be relied on. */
public sealed interface Readiness {

    /** It knows all that it needs, and serves. */
    record Ready() implements Readiness {}

    /** It does not yet, or no longer; one reason each. */
    record Unready(List<String> reasons) implements Readiness {
        public Unready {
            reasons = List.copyOf(reasons);
        }
    }

    /** Nobody could tell, and why, in one sentence. */
    record Unknown(String why) implements Readiness {}

    /** Asks for it. */
    static Readiness of(Server server) {
        return switch (server.ask("readyz")) {
            case Reply.Silent(String why) -> new Unknown(why);
            case Reply.Answered answered -> of(server, answered);
        };
    }

    private static Readiness of(Server server, Reply.Answered answered) {
        Optional<String> text = answered.text();
        if (text.isPresent() && answered.status() == 200) {
            return new Ready();
        }
        if (text.isPresent() && answered.status() == 503) {
            return new Unready(text.get().lines().map(OneLine::of).toList());
        }
        return new Unknown(answered.unexpected(server));
    }
}
