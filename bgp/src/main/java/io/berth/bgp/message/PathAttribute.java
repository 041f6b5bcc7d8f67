package io.berth.bgp.message;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.message.AttributeType.Flags;
import java.net.Inet4Address;
import java.util.List;

/**
 * What an UPDATE says of its routes (RFC 4271 section 5), apart from the next hop, which stands with the prefixes that it is
 * for. A new attribute is a record here and a row in {@link AttributeType}.
 */
public sealed interface PathAttribute {

    /** ORIGIN. */
    record RouteOrigin(Origin origin) implements PathAttribute {}

    /** AS_PATH, with the four-octet numbers put back where the peer sent AS_TRANS (RFC 6793). */
    record Path(AsPath path) implements PathAttribute {}

    /** MULTI_EXIT_DISC: 0 to 4294967295, lower is better. */
    record MultiExitDisc(long value) implements PathAttribute {
        public MultiExitDisc {
            checkUnsigned("MULTI_EXIT_DISC", value);
        }
    }

    /** LOCAL_PREF: 0 to 4294967295, higher is better; on iBGP only. */
    record LocalPref(long value) implements PathAttribute {
        public LocalPref {
            checkUnsigned("LOCAL_PREF", value);
        }
    }

    /** ATOMIC_AGGREGATE. */
    record AtomicAggregate() implements PathAttribute {}

    /** AGGREGATOR. */
    record Aggregator(Asn as, Inet4Address address) implements PathAttribute {}

    /** COMMUNITIES (RFC 1997), sorted and without duplicates. */
    record Communities(List<Community> communities) implements PathAttribute {
        public Communities {
            communities = communities.stream().distinct().sorted().toList();
        }
    }

    /** ORIGINATOR_ID (RFC 4456). */
    record OriginatorId(BgpIdentifier identifier) implements PathAttribute {}

    /** CLUSTER_LIST (RFC 4456), each as 32 bits. */
    record ClusterList(List<Integer> clusters) implements PathAttribute {
        public ClusterList {
            clusters = List.copyOf(clusters);
        }
    }

    /** EXTENDED COMMUNITIES (RFC 4360), each as its 64 bits, sorted and without duplicates. */
    record ExtendedCommunities(List<Long> communities) implements PathAttribute {
        public ExtendedCommunities {
            communities = communities.stream()
                    .distinct()
                    .sorted(Long::compareUnsigned)
                    .toList();
        }
    }

    /** LARGE_COMMUNITY (RFC 8092), sorted and without duplicates. */
    record LargeCommunities(List<LargeCommunity> communities) implements PathAttribute {
        public LargeCommunities {
            communities = communities.stream().distinct().sorted().toList();
        }
    }

    /**
     * An optional attribute without a row in {@link AttributeType}, uninterpreted.
     *
     * @param flags Optional, Transitive and Partial; the other bits say nothing of the attribute and are dropped
     */
    record Unknown(int code, int flags, Octets value) implements PathAttribute {
        public Unknown {
            if (AttributeType.isKnown(code) || (flags & Flags.OPTIONAL_BIT) == 0) {
                throw new IllegalArgumentException(
                        "attribute " + code + " with flags " + flags + " has a meaning of its own");
            }
            flags &= Flags.OPTIONAL_BIT | Flags.TRANSITIVE_BIT | Flags.PARTIAL_BIT;
        }
    }

    /** The type code on the wire; attributes are written in the order of it. */
    default int code() {
        return switch (this) {
            case RouteOrigin _ -> AttributeType.ORIGIN.code();
            case Path _ -> AttributeType.AS_PATH.code();
            case MultiExitDisc _ -> AttributeType.MULTI_EXIT_DISC.code();
            case LocalPref _ -> AttributeType.LOCAL_PREF.code();
            case AtomicAggregate _ -> AttributeType.ATOMIC_AGGREGATE.code();
            case Aggregator _ -> AttributeType.AGGREGATOR.code();
            case Communities _ -> AttributeType.COMMUNITIES.code();
            case OriginatorId _ -> AttributeType.ORIGINATOR_ID.code();
            case ClusterList _ -> AttributeType.CLUSTER_LIST.code();
            case ExtendedCommunities _ -> AttributeType.EXTENDED_COMMUNITIES.code();
            case LargeCommunities _ -> AttributeType.LARGE_COMMUNITIES.code();
            case Unknown unknown -> unknown.code;
        };
    }

    private static void checkUnsigned(String name, long value) {
        if (value < 0 || value > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(name + " must be 0 to 4294967295, got " + value);
        }
    }
}
