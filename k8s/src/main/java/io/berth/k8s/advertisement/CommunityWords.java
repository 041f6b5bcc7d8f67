package io.berth.k8s.advertisement;

import io.berth.bgp.RouteAttributes;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.LargeCommunity;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.k8s.resource.Communities;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the words in an advertisement's {@code communities} stand for. A Community resource may give a well-known name another
 * value; whoever wrote it meant that.
 */
record CommunityWords(Map<String, String> aliases) {

    CommunityWords {
        aliases = Map.copyOf(aliases);
    }

    static CommunityWords of(List<io.berth.k8s.resource.Community> resources) {
        Map<String, String> aliases = new HashMap<>();
        resources.forEach(resource -> resource.aliases().forEach(aliases::putIfAbsent));
        return new CommunityWords(aliases);
    }

    /** The attributes that these words make; one that nothing is known of is left out, as the warning about it says. */
    RouteAttributes attributes(List<String> words) {
        List<Community> standard = new ArrayList<>();
        List<LargeCommunity> large = new ArrayList<>();
        for (String word : words) {
            String value = aliases.getOrDefault(word, word);
            if (Communities.isLarge(value)) {
                large.add(Communities.large(value));
            } else if (Communities.isValue(value)) {
                standard.add(Community.parse(value));
            }
        }
        RouteAttributes attributes = RouteAttributes.DEFAULT;
        if (!standard.isEmpty()) {
            attributes = attributes.with(new io.berth.bgp.message.PathAttribute.Communities(standard));
        }
        return large.isEmpty() ? attributes : attributes.with(new LargeCommunities(large));
    }
}
