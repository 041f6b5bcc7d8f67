package io.berth.k8s.cluster;

import io.berth.allocator.Fence;
import io.berth.allocator.Quota;
import io.berth.k8s.cluster.ApiObjects.Listed;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Decoded;
import io.berth.k8s.resource.EndpointSlice;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Namespace;
import io.berth.k8s.resource.Node;
import io.berth.k8s.resource.ObjectMeta;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.ResourceDecoder;
import io.berth.k8s.resource.Secret;
import io.berth.k8s.resource.Warning;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The world as the API server tells of it, object by object. An object that is invalid now keeps the form in which it was good.
 *
 * <p>What of an object changes without anything changing for us is left out, so that the state only becomes another one where
 * somebody has to look: nodes and endpoints are written often, and mostly for others.
 */
final class ObservedObjects {

    private record Remarks(List<Warning> warnings, List<ConfigError> errors) {}

    /** What is known of an object besides its contents. */
    private record Identity(String uid, String version) {}

    /**
     * What is remembered of objects that are gone: as many as may go while a list of all, or an answer to a write, is on its way, which
     * would bring them back.
     */
    private static final int MOST_GONE = 20_000;

    private ClusterState state;
    private final Map<String, Identity> identities = new HashMap<>();
    private final Map<String, Remarks> remarks = new TreeMap<>();

    /** The last versions of objects that are gone, the first to go in front. */
    private final LinkedHashMap<String, Identity> gone = new LinkedHashMap<>();

    /** @param hidden kinds of which nothing will be told */
    ObservedObjects(Set<Class<? extends Resource>> hidden) {
        state = ClusterState.EMPTY.as(Picture.OBSERVED).hiding(hidden);
    }

    ClusterState state() {
        return state;
    }

    /** The UID of an object; empty where there is no such object. */
    String uid(String reference) {
        Identity identity = identities.get(reference);
        return identity == null ? "" : identity.uid;
    }

    /** Takes in an object as it is now, unless a later version of it is known already. */
    void put(JsonNode tree) {
        String reference = reference(tree);
        Identity now = identity(tree);
        if (isOutdated(now, identities.get(reference)) || isOfBefore(now, gone.get(reference))) {
            return;
        }
        gone.remove(reference);
        identities.put(reference, now);
        switch (ResourceDecoder.decode(tree, "")) {
            case Decoded.Usable(Resource resource, List<Warning> warnings) ->
                become(reference, Optional.of(resource), new Remarks(warnings, List.of()));
            case Decoded.Shut shut ->
                become(
                        reference,
                        Optional.of(lastGood(reference)
                                .map(shut::afterwards)
                                .map(good -> asWritten(good, shut.standIn()))
                                .orElseGet(shut::standIn)),
                        new Remarks(List.of(), shut.errors()));
            case Decoded.Invalid invalid ->
                become(reference, lastGood(reference), new Remarks(List.of(), invalid.errors()));
            case Decoded.PassedOver _ -> remove(reference, now);
        }
    }

    /**
     * An answer to a write, or a list of all, can come after the watch has told of the next version, and the watch can be the one
     * that is late; an object that was made anew under the same name has later versions than the one before. Since Kubernetes
     * 1.35 it is documented that the versions of one kind of objects can be compared as numbers, and it has always been so; ones
     * that are no numbers are taken in the order in which they come.
     */
    private static boolean isOutdated(Identity now, @Nullable Identity known) {
        if (known == null) {
            return false;
        }
        OptionalLong before = number(known.version);
        OptionalLong then = number(now.version);
        return before.isPresent() && then.isPresent() && then.getAsLong() < before.getAsLong();
    }

    /** Whether an object is gone of which this is told. */
    private static boolean isOfBefore(Identity now, @Nullable Identity gone) {
        return gone != null && (isOutdated(now, gone) || now.uid.equals(gone.uid) && now.version.equals(gone.version));
    }

    private static OptionalLong number(String version) {
        return version.isEmpty() || version.length() > 18 || !version.chars().allMatch(Character::isDigit)
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(version));
    }

    private void become(String reference, Optional<Resource> resource, Remarks now) {
        ClusterState next =
                resource.map(present -> state.with(essence(present))).orElse(state);
        Remarks before = now.warnings.isEmpty() && now.errors.isEmpty()
                ? remarks.remove(reference)
                : remarks.put(reference, now);
        state = now.equals(before) || before == null && !remarks.containsKey(reference) ? next : remarked(next);
    }

    private Optional<Resource> lastGood(String reference) {
        return state.resources().stream()
                .filter(resource -> resource.reference().equals(reference))
                .findFirst();
    }

    /** A pool that goes on as it was is written on all the same: on the version that there is, with what that remembers. */
    private static Resource asWritten(Resource good, Resource now) {
        return good instanceof IPAddressPool before && now instanceof IPAddressPool there
                ? new IPAddressPool(
                                before.meta().withResourceVersion(there.meta().resourceVersion()), before.pool())
                        .with(there.tenuresText())
                : good;
    }

    private ClusterState remarked(ClusterState next) {
        return next.noting(
                remarks.values().stream().flatMap(one -> one.warnings.stream()).toList(),
                remarks.values().stream().flatMap(one -> one.errors.stream()).toList());
    }

    /** What can change of these objects without concerning anybody here: their versions, and annotations that nobody reads. */
    private static Resource essence(Resource resource) {
        return switch (resource) {
            case Node(ObjectMeta meta, Node.Network network) -> new Node(labelled(meta), network);
            case EndpointSlice slice -> new EndpointSlice(bare(slice.meta()), slice.serviceName(), slice.endpoints());
            case Secret(ObjectMeta meta, String password) -> new Secret(bare(meta), password);
            case Namespace(ObjectMeta meta, Fence fence, Quota quota) ->
                new Namespace(meta.withResourceVersion(""), fence, quota);
            default -> resource;
        };
    }

    private static ObjectMeta labelled(ObjectMeta meta) {
        return new ObjectMeta(meta.namespace(), meta.name(), meta.labels(), Map.of(), meta.creationTimestamp(), "");
    }

    private static ObjectMeta bare(ObjectMeta meta) {
        return new ObjectMeta(meta.namespace(), meta.name(), Map.of(), Map.of(), ObjectMeta.AGELESS, "");
    }

    /** Takes in all objects of a kind: one that is not among them is gone, unless it came later. */
    void become(Listed all) {
        Set<String> there =
                all.objects().stream().map(ObservedObjects::reference).collect(Collectors.toSet());
        OptionalLong moment = number(all.version());
        List<String> missing = identities.entrySet().stream()
                .filter(known -> known.getKey().startsWith(all.kind().kind() + "/") && !there.contains(known.getKey()))
                .filter(known -> isNoLater(known.getValue(), moment))
                .map(Map.Entry::getKey)
                .toList();
        missing.forEach(reference -> remove(reference, new Identity(uid(reference), all.version())));
        all.objects().forEach(this::put);
    }

    private static boolean isNoLater(Identity known, OptionalLong moment) {
        OptionalLong version = number(known.version);
        return version.isPresent() && moment.isPresent() && version.getAsLong() <= moment.getAsLong();
    }

    /** The object is gone, unless there is a later one of that name. */
    void remove(JsonNode tree) {
        remove(reference(tree), identity(tree));
    }

    /**
     * An object is not there, as somebody found who asked for it.
     *
     * @param version that was asked for
     */
    void missing(String reference, String version) {
        Identity known = identities.get(reference);
        if (known != null && known.version.equals(version)) {
            remove(reference, known);
        }
    }

    private void remove(String reference, Identity last) {
        Identity known = identities.get(reference);
        if (known != null && !known.uid.equals(last.uid) && isOutdated(last, known)) {
            return;
        }
        gone.putLast(reference, isOutdated(last, known) ? Objects.requireNonNull(known) : last);
        if (gone.size() > MOST_GONE) {
            gone.pollFirstEntry();
        }
        identities.remove(reference);
        ClusterState next = state.without(reference);
        state = remarks.remove(reference) == null ? next : remarked(next);
    }

    private static Identity identity(JsonNode tree) {
        JsonNode metadata = tree.path("metadata");
        return new Identity(
                metadata.path("uid").asString(""),
                metadata.path("resourceVersion").asString(""));
    }

    private static String reference(JsonNode tree) {
        return ResourceDecoder.reference(tree);
    }
}
