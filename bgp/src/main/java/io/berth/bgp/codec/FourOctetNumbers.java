package io.berth.bgp.codec;

import io.berth.bgp.Asn;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.AttributeType;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Aggregator;
import io.berth.bgp.message.PathAttribute.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds the four-octet AS numbers that a two-octet peer carried along beside its AS_TRANS (RFC 6793 section 4.2.3). */
final class FourOctetNumbers {

    private FourOctetNumbers() {}

    /** Takes AS4_PATH and AS4_AGGREGATOR out, and puts their numbers in their places in AS_PATH and AGGREGATOR. */
    static void restore(Map<AttributeType, PathAttribute> attributes) {
        PathAttribute path = attributes.remove(AttributeType.AS4_PATH);
        PathAttribute aggregator = attributes.remove(AttributeType.AS4_AGGREGATOR);
        if (attributes.get(AttributeType.AGGREGATOR) instanceof Aggregator known
                && !known.as().equals(Asn.AS_TRANS)) {
            // Somebody on the way who does not know four octets has aggregated anew: both are out of date.
            return;
        }
        if (aggregator != null) {
            attributes.replace(AttributeType.AGGREGATOR, aggregator);
        }
        if (path instanceof Path(AsPath wide)) {
            attributes.computeIfPresent(AttributeType.AS_PATH, (_, known) -> restored((Path) known, wide));
        }
    }

    /** AS4_PATH stands for the last numbers of AS_PATH; one that is longer than that is wrong and ignored. */
    private static Path restored(Path narrow, AsPath wide) {
        List<Asn> numbers = narrow.path().numbers();
        int kept = numbers.size() - wide.numbers().size();
        if (kept < 0) {
            return narrow;
        }
        List<Asn> restored = new ArrayList<>(numbers.subList(0, kept));
        restored.addAll(wide.numbers());
        return new Path(AsPath.sequence(restored));
    }
}
