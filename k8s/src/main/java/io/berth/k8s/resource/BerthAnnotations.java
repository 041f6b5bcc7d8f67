package io.berth.k8s.resource;

import io.berth.allocator.AddressRange;
import io.berth.allocator.Fence;
import io.berth.allocator.Quota;
import io.berth.allocator.Terms;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * The annotations {@code berth.io/...} of one object: what MetalLB's schema has no field for. One that cannot be read is an error
 * that names it, and is read as the strictest thing that it could have meant.
 */
final class BerthAnnotations {

    static final String PREFIX = "berth.io/";

    private static final String POOLS = PREFIX + "pools";
    private static final String ADDRESS_QUOTA = PREFIX + "address-quota";
    private static final String NAMESPACE_QUOTA = PREFIX + "namespace-quota";
    private static final String OVERFLOW = PREFIX + "overflow";
    private static final String EXCLUDE = PREFIX + "exclude";
    private static final String HOLD_RELEASED = PREFIX + "hold-released";

    private static final Set<String> OF_NAMESPACES = Set.of(POOLS, ADDRESS_QUOTA);
    private static final Set<String> OF_POOLS =
            Set.of(NAMESPACE_QUOTA, OVERFLOW, EXCLUDE, HOLD_RELEASED, IPAddressPool.TENURES_ANNOTATION);
    private static final Set<String> OF_SERVICES = Set.of(Service.SHARE_ACROSS_NAMESPACES);

    private final Map<String, String> annotations;
    private final JsonNode asWritten;
    private final Findings findings;
    private Decoded.Annotations legibility;

    /** @param asWritten the annotations in the manifest: one that is no text has been reported, and cannot be read here */
    BerthAnnotations(ObjectMeta meta, JsonNode asWritten, Findings findings) {
        this.annotations = meta.annotations();
        this.asWritten = asWritten;
        this.findings = findings;
        this.legibility = isAbsent(asWritten) || asWritten.isObject()
                ? Decoded.Annotations.LEGIBLE
                : Decoded.Annotations.ILLEGIBLE;
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    /** Whether all that was asked for could be read. */
    Decoded.Annotations legibility() {
        return legibility;
    }

    /** Reports annotations of ours that no object of this kind has: a limit that is mistyped limits nothing. */
    void reportUnknown(String kind) {
        Set<String> known = switch (kind) {
            case "Namespace" -> OF_NAMESPACES;
            case "IPAddressPool" -> OF_POOLS;
            case "Service" -> OF_SERVICES;
            default -> Set.of();
        };
        annotations.keySet().stream()
                .filter(key -> key.startsWith(PREFIX) && !known.contains(key))
                .sorted()
                .forEach(key -> findings.warn(
                        Warning.Reason.UNKNOWN_FIELD,
                        "annotation " + key + " is none that Berth knows on a " + kind + NearestName.hint(key, known)
                                + "; it has no effect, so correct or remove it"));
    }

    /** Which pools a namespace may draw from. */
    Fence fence() {
        return read(POOLS, new Fence.Open(), new Fence.Unreadable(), BerthAnnotations::fence);
    }

    private static Fence fence(String text) {
        List<String> pools = entries(text, "a list of pools such as \"team-a-ips, shared-ips\"");
        if (new HashSet<>(pools).size() < pools.size()) {
            throw new IllegalArgumentException("names a pool twice");
        }
        return new Fence.Around(pools);
    }

    /** How many addresses a namespace may have. */
    Quota addressQuota() {
        return quota(ADDRESS_QUOTA);
    }

    private Quota quota(String key) {
        return read(key, new Quota.Unlimited(), new Quota.Unreadable(), text -> {
            if (!text.matches("[0-9]{1,9}")) {
                throw new IllegalArgumentException("must be a whole number, 0 or more, such as \"8\"");
            }
            return new Quota.AtMost(Integer.parseInt(text));
        });
    }

    /** How a pool gives out its addresses. */
    Terms terms() {
        return new Terms(
                read(EXCLUDE, List.of(), List.of(), BerthAnnotations::ranges),
                quota(NAMESPACE_QUOTA),
                read(OVERFLOW, Terms.Overflow.ALLOWED, Terms.Overflow.DENIED, BerthAnnotations::overflow),
                read(HOLD_RELEASED, Duration.ZERO, Duration.ZERO, BerthAnnotations::duration));
    }

    private static List<AddressRange> ranges(String text) {
        List<AddressRange> ranges = new ArrayList<>();
        for (String entry : entries(text, "addresses and ranges such as \"10.0.1.1, 10.0.1.14-10.0.1.15\"")) {
            boolean single = !entry.contains("-") && !entry.contains("/");
            ranges.add(AddressRange.parse(single ? entry + "-" + entry : entry));
        }
        return ranges;
    }

    private static Terms.Overflow overflow(String text) {
        return switch (text) {
            case "allow" -> Terms.Overflow.ALLOWED;
            case "deny" -> Terms.Overflow.DENIED;
            default -> throw new IllegalArgumentException("must be \"allow\" or \"deny\"");
        };
    }

    private static Duration duration(String text) {
        return GoDuration.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("must be a duration such as \"24h\" or \"30m\""));
    }

    private static List<String> entries(String text, String expected) {
        List<String> entries =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (entries.contains("")) {
            throw new IllegalArgumentException("must be " + expected);
        }
        return entries;
    }

    private <T> T read(String key, T absent, T unreadable, Function<String, T> parse) {
        if (!isAbsent(asWritten) && !asWritten.isObject()) {
            // Nobody can tell whether it is among them.
            return unreadable;
        }
        String text = annotations.get(key);
        if (text == null) {
            return absent;
        }
        if (!asWritten.path(key).isString()) {
            legibility = Decoded.Annotations.ILLEGIBLE;
            return unreadable;
        }
        try {
            return parse.apply(text.strip());
        } catch (IllegalArgumentException e) {
            findings.error("annotation " + key + ": " + e.getMessage() + ", got '" + text + "'");
            legibility = Decoded.Annotations.ILLEGIBLE;
            return unreadable;
        }
    }
}
