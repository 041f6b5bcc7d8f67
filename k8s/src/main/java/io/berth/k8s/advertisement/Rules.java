package io.berth.k8s.advertisement;

/**
 * What an operator has decided about announcing, apart from the resources.
 *
 * @param loadBalancerClass whose services are ours; empty for those that name no class
 */
public record Rules(String loadBalancerClass, ExcludeLabel excludeLabel, LocalServices localServices) {

    /** What becomes of nodes labelled {@code node.kubernetes.io/exclude-from-external-load-balancers}. */
    public enum ExcludeLabel {
        HONOURED,
        IGNORED
    }

    /** How a service with {@code externalTrafficPolicy: Local} is announced where its advertisement aggregates. */
    public enum LocalServices {
        /** By itself: an aggregate would draw traffic for other addresses to a node that cannot serve them. */
        AS_HOST_ROUTES,
        /** Under the aggregate, as MetalLB does. */
        AGGREGATED
    }

    public static final Rules DEFAULT = new Rules("", ExcludeLabel.HONOURED, LocalServices.AS_HOST_ROUTES);
}
