package io.berth.k8s.allocation;

import io.berth.allocator.Address;
import io.berth.allocator.Reservation;
import io.berth.allocator.ServiceKey;
import io.berth.k8s.resource.Tenure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which addresses are promised to whom: by this process, and by others as far as it has seen. Belongs to one thread. */
final class PoolPromises {

    /**
     * As long as a promise stays once it is kept: whoever sees that it is gone must have seen the address on the service, of which
     * another watch tells.
     */
    static final Duration SEEN_BY_ALL = Duration.ofSeconds(3);

    /** As long as a promise of another process binds this one, although nothing comes of it. */
    static final Duration BINDING = Duration.ofSeconds(30);

    /** What is promised. */
    private record Gift(ServiceKey service, Address address) {}

    /** A promise, and when it was seen to be kept; {@link Instant#MAX} before. */
    private record Own(Tenure.Promised promise, Instant kept) {}

    private final PromiseMarks marks;
    private final Map<Gift, Own> own = new LinkedHashMap<>();

    /** A promise of somebody else: on which pool it was read, and until when it stays there at the latest. */
    private record Other(String pool, Instant until) {}

    private final Map<Tenure.Promised, Other> others = new HashMap<>();

    private Instant now = Instant.EPOCH;

    PoolPromises(PromiseMarks marks) {
        this.marks = marks;
    }

    /** Whether somebody else gives addresses, too. */
    boolean areNeeded() {
        return marks instanceof PromiseMarks.Of;
    }

    void advance(Instant to) {
        now = to;
    }

    /** Promises addresses; whether any was not promised yet. */
    boolean make(ServiceKey service, Collection<Address> addresses) {
        boolean made = false;
        if (marks instanceof PromiseMarks.Of ours) {
            for (Address address : addresses) {
                Gift gift = new Gift(service, address);
                if (!own.containsKey(gift)) {
                    Tenure.Promised promise = new Tenure.Promised(service, address, ours.next());
                    own.put(gift, new Own(promise, Instant.MAX));
                    made = true;
                }
            }
        }
        return made;
    }

    /** What this process promised; empty where it did not. */
    Optional<Tenure.Promised> of(ServiceKey service, Address address) {
        return Optional.ofNullable(own.get(new Gift(service, address))).map(Own::promise);
    }

    /** A service was seen to have these addresses. */
    void kept(ServiceKey service, Collection<Address> addresses) {
        for (Address address : addresses) {
            own.computeIfPresent(
                    new Gift(service, address),
                    (_, known) -> known.kept.equals(Instant.MAX) ? new Own(known.promise, now) : known);
            others.replaceAll((promise, other) ->
                    promise.service().equals(service) && promise.address().equals(address)
                            ? new Other(other.pool, earlier(other.until, now.plus(SEEN_BY_ALL)))
                            : other);
        }
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** A service does not get these addresses, or has them no more. */
    void takeBack(ServiceKey service, Collection<Address> addresses) {
        addresses.forEach(address -> own.remove(new Gift(service, address)));
    }

    /**
     * What is new of others in the writing of a pool.
     *
     * @param made  promises that were not known
     * @param ended promises that are there no more: they were kept, or are not to be
     */
    record News(List<Tenure.Promised> made, List<Reservation> ended) {}

    /** Takes in what a pool has in writing. */
    News read(String pool, List<Tenure.Promised> written) {
        List<Tenure.Promised> made = new ArrayList<>();
        List<Reservation> ended = new ArrayList<>();
        if (marks instanceof PromiseMarks.Of ours) {
            Set<Tenure.Promised> there = Set.copyOf(written);
            others.entrySet().removeIf(entry -> {
                boolean isGone = entry.getValue().pool.equals(pool) && !there.contains(entry.getKey());
                if (isGone) {
                    ended.add(reservation(entry.getKey()));
                }
                return isGone;
            });
            for (Tenure.Promised promise : written) {
                if (!ours.isOwn(promise.mark())
                        && others.putIfAbsent(promise, new Other(pool, now.plus(BINDING))) == null) {
                    made.add(promise);
                }
            }
        }
        return new News(made, ended);
    }

    /** Promises of others by which the same address goes to somebody else. */
    List<Tenure.Promised> rivals(Tenure.Promised promise) {
        return others.keySet().stream()
                .filter(other -> other.address().equals(promise.address())
                        && !other.service().equals(promise.service()))
                .toList();
    }

    /** What others promised to a service, perhaps to one that comes under the same name. */
    List<Tenure.Promised> ofOthers(ServiceKey service) {
        return others.keySet().stream()
                .filter(other -> other.service().equals(service))
                .toList();
    }

    /** What a promise of somebody else means here: that the address is kept for the service. */
    Reservation reservation(Tenure.Promised promise) {
        Other other = others.get(promise);
        return new Reservation(promise.address(), promise.service(), other == null ? now : other.until);
    }

    private boolean isLongKept(Own promise) {
        return !promise.kept.equals(Instant.MAX)
                && !promise.kept.plus(SEEN_BY_ALL).isAfter(now);
    }

    /** Forgets promises that are over; whether there were any. */
    boolean forgetOver() {
        boolean ofOurs = own.values().removeIf(this::isLongKept);
        boolean ofOthers = others.values().removeIf(other -> !other.until.isAfter(now));
        return ofOurs || ofOthers;
    }

    /** When the next promise is over by time alone. */
    Optional<Instant> nextEnd() {
        Instant next = Instant.MAX;
        for (Own promise : own.values()) {
            next = promise.kept.equals(Instant.MAX) ? next : earlier(next, promise.kept.plus(SEEN_BY_ALL));
        }
        for (Other other : others.values()) {
            next = earlier(next, other.until);
        }
        return next.equals(Instant.MAX) ? Optional.empty() : Optional.of(next);
    }

    /** All that are in force: those of others, then our own, the oldest first. */
    List<Tenure.Promised> all() {
        List<Tenure.Promised> all = new ArrayList<>(others.keySet());
        own.values().forEach(promise -> all.add(promise.promise));
        return all;
    }
}
