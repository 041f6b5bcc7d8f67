package io.berth.k8s.resource;

/** A BFDProfile (metallb.io/v1beta1), known by its name. */
public record BFDProfile(ObjectMeta meta) implements Resource {

    static BFDProfile from(ObjectMeta meta, Fields root) {
        Fields spec = root.object("spec");
        interval(spec, "receiveInterval");
        interval(spec, "transmitInterval");
        interval(spec, "echoInterval");
        between(spec, "detectMultiplier", 2, 255);
        between(spec, "minimumTtl", 1, 254);
        spec.flag("echoMode", false);
        spec.flag("passiveMode", false);
        spec.done();
        return new BFDProfile(meta);
    }

    private static void interval(Fields spec, String field) {
        between(spec, field, 10, 60_000);
    }

    private static void between(Fields spec, String field, int least, int most) {
        int value = spec.integer(field, least);
        if (value < least || value > most) {
            spec.error(field, "must be " + least + " to " + most + ", got " + value);
        }
    }
}
