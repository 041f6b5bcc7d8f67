package io.berth.k8s.cluster;

/** How much of the world a state of it shows, and so what it means that something is not there. */
public enum Picture {
    /**
     * What somebody has written down, who seldom writes down all of it: without any Node there is one all the same, a Service
     * without EndpointSlices is answered everywhere, and a Namespace that is not there has nothing laid down for it.
     */
    DECLARED,
    /**
     * What a cluster has: what is not there does not exist, or has not been seen yet. A Service without EndpointSlices is answered
     * nowhere, and one whose Namespace is not there is given nothing, since nobody knows what is laid down for it.
     */
    OBSERVED
}
