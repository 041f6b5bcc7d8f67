package io.berth.k8s.advertisement;

import io.berth.allocator.ServiceKey;
import io.berth.bgp.Prefix;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What one node makes of one service.
 *
 * @param claims what it wants announced; empty where nothing is
 * @param withheld why some or all of its addresses are not announced
 */
public record Decision(ServiceKey service, List<Claim> claims, List<Withheld> withheld) {

    public Decision {
        claims = List.copyOf(claims);
        withheld = List.copyOf(withheld);
    }

    Set<Prefix> prefixes() {
        return claims.stream().map(Claim::prefix).collect(Collectors.toUnmodifiableSet());
    }
}
