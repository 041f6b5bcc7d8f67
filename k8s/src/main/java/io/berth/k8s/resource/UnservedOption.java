package io.berth.k8s.resource;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * An option of a BGPPeer that this version's speaker does not have. This is the only list of them: an option that comes to be
 * served is taken out here.
 */
public enum UnservedOption {
    DYNAMIC_ASN("dynamicASN", Consequence.NO_SESSION),
    INTERFACE("interface", Consequence.NO_SESSION),
    VRF("vrf", Consequence.NO_SESSION),
    LOCAL_ASN("localASN", Consequence.NO_SESSION),
    BFD_PROFILE("bfdProfile", Consequence.SESSION_WITHOUT_IT),
    ENABLE_GRACEFUL_RESTART("enableGracefulRestart", Consequence.SESSION_WITHOUT_IT),
    /** Another one than a third of the Hold Time. */
    KEEPALIVE_TIME("keepaliveTime", Consequence.SESSION_WITHOUT_IT);

    /** What becomes of a peer that asks for it. */
    public enum Consequence {
        /** Without it the session would be another one than was asked for. */
        NO_SESSION,
        /** The session does without. */
        SESSION_WITHOUT_IT
    }

    private final String field;
    private final Consequence consequence;

    UnservedOption(String field, Consequence consequence) {
        this.field = field;
        this.consequence = consequence;
    }

    public Consequence consequence() {
        return consequence;
    }

    /** "spec.vrf". */
    @Override
    public String toString() {
        return "spec." + field;
    }

    /** Those that a peer asks for; a switch that is off asks for nothing. */
    static List<UnservedOption> in(Fields spec, Duration keepaliveInterval) {
        return Stream.of(values())
                .filter(option -> option.isAskedFor(spec, keepaliveInterval))
                .toList();
    }

    private boolean isAskedFor(Fields spec, Duration keepaliveInterval) {
        return switch (this) {
            case DYNAMIC_ASN, INTERFACE, VRF, BFD_PROFILE ->
                !spec.text(field, "").isEmpty();
            case LOCAL_ASN -> spec.number(field, 0) != 0;
            case ENABLE_GRACEFUL_RESTART -> spec.flag(field, false);
            case KEEPALIVE_TIME -> {
                Duration asked = spec.duration(field, Duration.ZERO);
                yield !asked.isZero() && !asked.equals(keepaliveInterval);
            }
        };
    }
}
