package io.berth.k8s.plan;

import io.berth.allocator.Address;
import io.berth.allocator.Outcome;
import io.berth.k8s.allocation.Decided;
import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.cluster.Described;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Warning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which services would change address if manifests were applied to a world, and why: Berth's plan for the world as it is beside the
 * one for the world as it would be.
 *
 * @param changes   services that would lose or replace an address that they have, in the order of their names
 * @param gains     services that would keep what they have and get an address besides
 * @param unchanged how many would keep exactly what they have
 * @param pending   services that have no address today and would get none
 * @param warnings  about the world as it would be that today's does not give
 */
public record Comparison(
        List<Change> changes, List<Change> gains, int unchanged, List<Change> pending, List<Warning> warnings) {

    public Comparison {
        changes = List.copyOf(changes);
        gains = List.copyOf(gains);
        pending = List.copyOf(pending);
        warnings = List.copyOf(warnings);
    }

    /** What keeps either side from being compared, each error with its file. */
    public static List<ConfigError> errors(Described today, Described manifests) {
        List<ConfigError> ofEach = Stream.concat(today.errors().stream(), manifests.state().errors().stream())
                .toList();
        return ofEach.isEmpty()
                ? today.with(Overlay.of(today.state(), manifests.state()), manifests.sources())
                        .errorsAfter(Configuration.of(today.state()))
                : ofEach;
    }

    /** Compares the world as it is with what it would be with these manifests; neither has errors. */
    public static Comparison of(ClusterState today, ClusterState manifests, Policy policy) {
        Today before = Today.of(today, policy);
        ClusterState tomorrow = Overlay.of(before.state(), manifests);
        Plan after = Plan.of(tomorrow, policy);
        Losses losses = new Losses(tomorrow.pools(), after);
        List<Change> changes = new ArrayList<>();
        List<Change> gains = new ArrayList<>();
        List<Change> pending = new ArrayList<>();
        int unchanged = 0;
        for (Decided decided : inOrderOfNames(after)) {
            List<Address> held = before.had().getOrDefault(decided.service(), List.of());
            Change change = new Change(held, decided, losses.message(decided, held));
            if (!decided.addresses().containsAll(held)) {
                changes.add(change);
            } else if (decided.addresses().size() > held.size()) {
                gains.add(change);
            } else if (!held.isEmpty()) {
                unchanged++;
            } else if (isPending(decided)) {
                pending.add(change);
            }
        }
        Set<Warning> known = new HashSet<>(before.warnings());
        List<Warning> fresh = after.warnings().stream()
                .filter(warning -> !known.contains(warning))
                .toList();
        return new Comparison(changes, gains, unchanged, pending, fresh);
    }

    private static List<Decided> inOrderOfNames(Plan plan) {
        return plan.services().stream()
                .sorted(Comparator.comparing(Decided::service))
                .toList();
    }

    private static boolean isPending(Decided decided) {
        return switch (decided) {
            case Decided.Considered(Outcome.Refused _), Decided.Unclear _ -> true;
            case Decided.Considered(Outcome.Assigned _), Decided.NotLoadBalancer _, Decided.NotOurs _ -> false;
        };
    }

    /** Whether every service that is ours would have an address. */
    public boolean isComplete() {
        return pending.isEmpty() && changes.stream().noneMatch(change -> isPending(change.after()));
    }
}
