package io.berth.allocator;

import java.util.Comparator;

/**
 * Which Service: names are unique within a namespace.
 *
 * <p>A class and not a record, since keys are looked up far more often than they are made: the hash is worked out once, and all keys
 * of a namespace have the same text for it, not equal ones.
 */
public final class ServiceKey implements Comparable<ServiceKey> {

    private static final Comparator<ServiceKey> ORDER =
            Comparator.comparing(ServiceKey::namespace).thenComparing(ServiceKey::name);

    private final int hash;
    private final String namespace;
    private final String name;

    public ServiceKey(String namespace, String name) {
        this.namespace = namespace.intern();
        this.name = name;
        this.hash = 31 * namespace.hashCode() + name.hashCode();
    }

    /** Reads {@code namespace/name}. */
    public static ServiceKey parse(String text) {
        int slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1 || text.indexOf('/', slash + 1) >= 0) {
            throw new IllegalArgumentException("a service is named NAMESPACE/NAME, got '" + text + "'");
        }
        return new ServiceKey(text.substring(0, slash), text.substring(slash + 1));
    }

    public String namespace() {
        return namespace;
    }

    public String name() {
        return name;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || other instanceof ServiceKey key
                        && hash == key.hash
                        && name.equals(key.name)
                        && namespace.equals(key.namespace);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public int compareTo(ServiceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
