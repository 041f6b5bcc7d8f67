package io.berth.k8s.cluster;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An immutable map of which the next version shares all but one small part with the last: a cluster has ten thousand services, and
 * one of them changes.
 *
 * <p>Entries stand in buckets by the hashes of their keys; a version copies the bucket that it changes and the list of buckets. So
 * two versions differ in the few buckets that are not the same object, and what lies between them is found by looking at those
 * alone. Each entry carries the number under which its key first came, by which {@link #values} are in order.
 *
 * @param <K> keys with a good hash
 * @param <V> immutable values
 */
public final class PersistentMap<K, V> {

    /** With ten thousand entries twenty in each: about as much to copy for the one as for the other. */
    private static final int BUCKETS = 512;

    private record Entry<K, V>(K key, V value, long arrival) {}

    private final List<List<Entry<K, V>>> buckets;
    private final int size;
    private final long arrivals;

    /** Worked out when it is first asked for; threads that do so at once come to the same. */
    private @Nullable List<V> inOrder;

    private PersistentMap(List<List<Entry<K, V>>> buckets, int size, long arrivals) {
        this.buckets = buckets;
        this.size = size;
        this.arrivals = arrivals;
    }

    /** A map without entries. */
    public static <K, V> PersistentMap<K, V> empty() {
        return new PersistentMap<>(Collections.nCopies(BUCKETS, List.of()), 0, 0);
    }

    /** A map of these values, which come in this order; of values with one key the last. */
    public static <K, V> PersistentMap<K, V> of(Collection<V> values, Function<V, K> key) {
        PersistentMap<K, V> map = empty();
        for (V value : values) {
            map = map.with(key.apply(value), value);
        }
        return map;
    }

    /** This map with another value for a key, or with a key more; this one where it says so already. */
    public PersistentMap<K, V> with(K key, V value) {
        List<Entry<K, V>> bucket = bucket(key);
        int place = place(key, bucket);
        if (place < bucket.size() && bucket.get(place).value.equals(value)) {
            return this;
        }
        List<Entry<K, V>> changed = new ArrayList<>(bucket.size() + 1);
        changed.addAll(bucket);
        if (place < bucket.size()) {
            changed.set(place, new Entry<>(key, value, bucket.get(place).arrival));
            return new PersistentMap<>(replaced(key, changed), size, arrivals);
        }
        changed.add(new Entry<>(key, value, arrivals));
        return new PersistentMap<>(replaced(key, changed), size + 1, arrivals + 1);
    }

    /** This map without a key; this one where there is no such key. */
    public PersistentMap<K, V> without(K key) {
        List<Entry<K, V>> bucket = bucket(key);
        int place = place(key, bucket);
        if (place == bucket.size()) {
            return this;
        }
        List<Entry<K, V>> changed = new ArrayList<>(bucket);
        changed.remove(place);
        return new PersistentMap<>(replaced(key, List.copyOf(changed)), size - 1, arrivals);
    }

    private List<List<Entry<K, V>>> replaced(K key, List<Entry<K, V>> bucket) {
        List<List<Entry<K, V>>> changed = new ArrayList<>(buckets);
        changed.set(number(key), bucket);
        return changed;
    }

    private List<Entry<K, V>> bucket(K key) {
        return buckets.get(number(key));
    }

    private static int number(Object key) {
        int hash = key.hashCode();
        return (hash ^ hash >>> 16) & BUCKETS - 1;
    }

    /** Where a key stands in its bucket; behind the last where it does not. */
    private int place(K key, List<Entry<K, V>> bucket) {
        for (int i = 0; i < bucket.size(); i++) {
            if (bucket.get(i).key.equals(key)) {
                return i;
            }
        }
        return bucket.size();
    }

    public Optional<V> get(K key) {
        List<Entry<K, V>> bucket = bucket(key);
        int place = place(key, bucket);
        return place == bucket.size() ? Optional.empty() : Optional.of(bucket.get(place).value);
    }

    public int size() {
        return size;
    }

    /** All values, in the order in which their keys first came. */
    public List<V> values() {
        List<V> known = inOrder;
        if (known == null) {
            known = buckets.stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(Entry::arrival))
                    .map(Entry::value)
                    .toList();
            inOrder = known;
        }
        return known;
    }

    /**
     * The keys that have another value than in an earlier version, in the order in which they first came; behind them those that are
     * gone. Of two versions of one map this costs what changed, of any two what there is.
     */
    public List<K> changes(PersistentMap<K, V> before) {
        List<Entry<K, V>> changed = new ArrayList<>();
        List<K> gone = new ArrayList<>();
        for (int number = 0; number < BUCKETS; number++) {
            List<Entry<K, V>> now = buckets.get(number);
            List<Entry<K, V>> then = before.buckets.get(number);
            // As a rule it is the very same.
            if (now.equals(then)) {
                continue;
            }
            for (Entry<K, V> entry : now) {
                int place = before.place(entry.key, then);
                if (place == then.size() || !then.get(place).value.equals(entry.value)) {
                    changed.add(entry);
                }
            }
            for (Entry<K, V> entry : then) {
                if (place(entry.key, now) == now.size()) {
                    gone.add(entry.key);
                }
            }
        }
        changed.sort(Comparator.comparingLong(Entry::arrival));
        List<K> keys = new ArrayList<>(changed.size() + gone.size());
        changed.forEach(entry -> keys.add(entry.key));
        keys.addAll(gone);
        return keys;
    }

    /** Whether the keys have the same values; in which order they came does not matter. */
    @Override
    public boolean equals(Object other) {
        return other == this || other instanceof PersistentMap<?, ?> map && isSame(map);
    }

    private boolean isSame(PersistentMap<?, ?> other) {
        if (size != other.size) {
            return false;
        }
        for (int number = 0; number < BUCKETS; number++) {
            if (!hasAll(buckets.get(number), other.buckets.get(number))) {
                return false;
            }
        }
        return true;
    }

    private static boolean hasAll(List<? extends Entry<?, ?>> some, List<? extends Entry<?, ?>> others) {
        return some.equals(others)
                || others.stream()
                        .allMatch(other -> some.stream()
                                .anyMatch(entry -> entry.key().equals(other.key())
                                        && entry.value().equals(other.value())));
    }

    @Override
    public int hashCode() {
        return buckets.stream()
                .flatMap(List::stream)
                .mapToInt(entry -> entry.key.hashCode() ^ entry.value.hashCode())
                .sum();
    }

    @Override
    public String toString() {
        return values().toString();
    }
}
