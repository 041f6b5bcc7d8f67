package io.berth.k8s;

import io.berth.bgp.Introduction;

/** Who we say we are to routers, for their operators to see. */
final class OwnIntroduction {

    private OwnIntroduction() {}

    /** The speaker of this node. */
    static Introduction of(String node) {
        return Introduction.of(node, "Berth " + Version.text());
    }

    /** A speaker that belongs to no node: by the host that it runs on. */
    static Introduction ofHost() {
        return of(Identity.hostName());
    }
}
