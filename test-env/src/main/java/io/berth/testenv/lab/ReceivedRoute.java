package io.berth.testenv.lab;

import java.util.Set;

/**
 * One path that a router heard and can use, in the words in which operators write it.
 *
 * @param from the neighbour's address
 * @param nextHop the global one, where a link-local one came beside it
 * @param asPath separated by blanks; empty for a path that began in the router's own AS
 * @param localPref what the router compares by; 100, every router's default, where the neighbour sent none
 * @param med what the router compares by; 0 where the neighbour sent none
 * @param communities as {@code 64512:100}, well-known ones by number as well
 * @param largeCommunities as {@code 64512:1:2}
 */
public record ReceivedRoute(
        String prefix,
        String from,
        String nextHop,
        String asPath,
        Origin origin,
        long localPref,
        long med,
        Set<String> communities,
        Set<String> largeCommunities) {

    /** The ORIGIN attribute (RFC 4271 section 5.1.1). */
    public enum Origin {
        IGP,
        EGP,
        INCOMPLETE
    }

    public ReceivedRoute {
        communities = Set.copyOf(communities);
        largeCommunities = Set.copyOf(largeCommunities);
    }
}
