package io.berth.k8s.resource;

/** An L2Advertisement (metallb.io/v1beta1): noticed and reported, since Berth serves BGP only. */
public record L2Advertisement(ObjectMeta meta) implements Resource {}
