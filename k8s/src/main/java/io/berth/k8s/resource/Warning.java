package io.berth.k8s.resource;

/**
 * Something that works but is probably not what was meant.
 *
 * @param object "IPAddressPool/team-a-ips"
 * @param message what is wrong and what to do about it
 */
public record Warning(Reason reason, String object, String message) {

    public Warning {
        object = OneLine.of(object);
        message = OneLine.of(message);
    }

    /** In the words of the outward face. */
    public enum Reason {
        NAMESPACE_NOT_FOUND("NamespaceNotFound"),
        SELECTOR_MATCHES_NOTHING("SelectorMatchesNothing"),
        NO_FALLBACK_POOL("NoFallbackPool"),
        SAME_PRIORITY("SamePriority"),
        OVERLAPPING_POOLS("OverlappingPools"),
        POOL_NOT_ADVERTISED("PoolNotAdvertised"),
        PEER_NOT_FOUND("PeerNotFound"),
        POOL_NOT_FOUND("PoolNotFound"),
        COMMUNITY_NOT_FOUND("CommunityNotFound"),
        BFD_PROFILE_NOT_FOUND("BFDProfileNotFound"),
        SECRET_NOT_FOUND("SecretNotFound"),
        CONFLICTING_ADVERTISEMENTS("ConflictingAdvertisements"),
        UNKNOWN_FIELD("UnknownField"),
        UNSUPPORTED_KIND("UnsupportedKind"),
        DUPLICATE_ADDRESS("DuplicateAddress"),
        HOST_BITS_SET("HostBitsSet");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
