package io.berth.k8s.advertisement;

import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LargeCommunities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A planned route as {@code berth plan -o json} and the JSON API print it. */
public final class RouteTree {

    private RouteTree() {}

    public static ObjectNode of(PlannedRoute route) {
        ObjectNode tree = JsonNodeFactory.instance
                .objectNode()
                .put("node", route.node())
                .put("peer", route.peer())
                .put("prefix", route.prefix().toString());
        List<PathAttribute> attributes = route.attributes().attributes();
        attributes.stream()
                .filter(LocalPref.class::isInstance)
                .forEach(attribute -> tree.put("localPref", ((LocalPref) attribute).value()));
        ArrayNode communities = tree.putArray("communities");
        ArrayNode largeCommunities = tree.putArray("largeCommunities");
        for (PathAttribute attribute : attributes) {
            switch (attribute) {
                case Communities some -> some.communities().forEach(one -> communities.add(one.toString()));
                case LargeCommunities some -> some.communities().forEach(one -> largeCommunities.add(one.toString()));
                default -> {
                    // Nothing else is ever said of a service's address.
                }
            }
        }
        ArrayNode services = tree.putArray("services");
        route.services().forEach(service -> services.add(service.toString()));
        return tree;
    }
}
