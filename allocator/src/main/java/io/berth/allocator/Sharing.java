package io.berth.allocator;

import java.util.Collections;
import java.util.Set;

/** Whether a service lets others use its address on other ports ({@code metallb.io/allow-shared-ip}). */
public sealed interface Sharing {

    /** It has its address to itself. */
    record Exclusive() implements Sharing {}

    /**
     * It shares with services that say the same key.
     *
     * @param ports that it answers on; no two sharers may have one in common
     * @param backend which pods answer
     * @param reach how far the key reaches
     */
    record Keyed(String key, Set<Port> ports, Backend backend, Reach reach) implements Sharing {
        public Keyed {
            ports = Set.copyOf(ports);
        }
    }

    /** A port that is answered on. */
    record Port(String protocol, int number) {}

    /** Which pods answer, as far as sharing cares. */
    sealed interface Backend {

        /** Every node forwards to every pod (externalTrafficPolicy: Cluster). */
        record AnyNode(String selector) implements Backend {}

        /** Only nodes with such a pod forward (externalTrafficPolicy: Local). */
        record LocalPods(String selector) implements Backend {}

        String selector();

        default boolean fits(Backend other) {
            return this instanceof AnyNode && other instanceof AnyNode
                    || selector().equals(other.selector());
        }
    }

    /** How far a sharing key reaches. */
    enum Reach {
        /** To services of the same namespace; keys of other namespaces are other keys. */
        NAMESPACE,
        /** Nobody can tell: who shares an address already goes on sharing it, and nobody of another namespace joins. */
        UNREADABLE,
        /** To services of other namespaces too, if those consent as well. */
        CLUSTER
    }

    /** Whether a service of {@code namespace} with this sharing and one of {@code otherNamespace} may come to use one address. */
    default boolean allows(String namespace, Sharing other, String otherNamespace) {
        return goesOnWith(namespace, other, otherNamespace)
                && (namespace.equals(otherNamespace) || isConsent() && other.isConsent());
    }

    private boolean isConsent() {
        return this instanceof Keyed keyed && keyed.reach == Reach.CLUSTER;
    }

    /** Whether they may go on using it where they do already. */
    default boolean goesOnWith(String namespace, Sharing other, String otherNamespace) {
        return this instanceof Keyed mine
                && other instanceof Keyed theirs
                && mine.key.equals(theirs.key)
                && Collections.disjoint(mine.ports, theirs.ports)
                && mine.backend.fits(theirs.backend)
                && (namespace.equals(otherNamespace)
                        || mine.reach != Reach.NAMESPACE && theirs.reach != Reach.NAMESPACE);
    }
}
