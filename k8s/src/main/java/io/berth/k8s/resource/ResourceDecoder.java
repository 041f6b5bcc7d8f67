package io.berth.k8s.resource;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * A tree as it stands in a manifest or comes from the API server, to a {@link Resource}. Strict with {@code metallb.io}, which
 * is ours to know: unknown fields are reported, values checked. Lenient with the core kinds, of which a part is read.
 */
public final class ResourceDecoder {

    private static final String METALLB = "metallb.io/";

    /** A DNS subdomain (RFC 1123), as the API server demands of most names; it also keeps a name from leaving a directory. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private ResourceDecoder() {}

    /**
     * Decodes one document.
     *
     * @param source where it is from, for messages; a file name, or empty
     */
    public static Decoded decode(JsonNode document, String source) {
        String kind = document.path("kind").asString("");
        String apiVersion = document.path("apiVersion").asString("");
        if (!isOurs(kind, apiVersion)) {
            return new Decoded.PassedOver();
        }
        String name = document.path("metadata").path("name").asString("");
        String namespace = document.path("metadata").path("namespace").asString("");
        String inNamespace = namespace.isEmpty() && isNamespaced(kind) ? "default" : namespace;
        String reference = reference(document);
        var findings = new Findings(source, reference);
        checkNames(new Fields(document.path("metadata"), "metadata", findings), kind, name, inNamespace);
        if (!findings.errors().isEmpty()) {
            return new Decoded.Invalid(reference, findings.errors());
        }
        ObjectMeta meta = meta(document, inNamespace, findings);
        var annotations = new BerthAnnotations(meta, document.path("metadata").path("annotations"), findings);
        annotations.reportUnknown(kind);
        Resource resource = resource(kind, meta, annotations, document, findings);
        return findings.errors().isEmpty()
                ? new Decoded.Usable(resource, findings.warnings())
                : unusable(resource, annotations.legibility(), findings.errors());
    }

    /** What {@link Resource#reference} is of the object that the document becomes, also where it becomes none. */
    public static String reference(JsonNode document) {
        String kind = document.path("kind").asString("");
        String namespace = document.path("metadata").path("namespace").asString("");
        return kind + "/"
                + (isTenants(kind) ? (namespace.isEmpty() ? "default" : namespace) + "/" : "")
                + document.path("metadata").path("name").asString("");
    }

    private static Decoded unusable(Resource resource, Decoded.Annotations annotations, List<ConfigError> errors) {
        return switch (resource) {
            case Namespace namespace -> new Decoded.Shut(namespace, annotations, errors);
            case IPAddressPool pool -> new Decoded.Shut(pool.shut(), annotations, errors);
            default -> new Decoded.Invalid(resource.reference(), errors);
        };
    }

    private static boolean isOurs(String kind, String apiVersion) {
        return switch (kind) {
            case "Namespace", "Node", "Service", "Secret" -> apiVersion.equals("v1");
            case "EndpointSlice" -> apiVersion.startsWith("discovery.k8s.io/");
            case "IPAddressPool", "BGPAdvertisement", "BGPPeer", "BFDProfile", "Community", "L2Advertisement" ->
                apiVersion.startsWith(METALLB);
            default -> false;
        };
    }

    private static boolean isNamespaced(String kind) {
        return !kind.equals("Namespace") && !kind.equals("Node");
    }

    private static boolean isTenants(String kind) {
        return List.of("Service", "EndpointSlice", "Secret").contains(kind);
    }

    /** A {@code spec} that is mistyped would pass for one that leaves everything at its default. */
    private static void reportUnknown(Fields root, String apiVersion) {
        if (apiVersion.startsWith(METALLB)) {
            root.pass("apiVersion", "kind", "metadata", "spec", "status");
            root.done();
        }
    }

    private static Resource resource(
            String kind, ObjectMeta meta, BerthAnnotations annotations, JsonNode document, Findings findings) {
        var root = new Fields(document, "", findings);
        String apiVersion = document.path("apiVersion").asString("");
        checkVersion(kind, apiVersion, findings);
        reportUnknown(root, apiVersion);
        return switch (kind) {
            case "Namespace" -> Namespace.from(meta, annotations);
            case "Node" -> Node.from(meta, root);
            case "Service" -> Service.from(meta, root);
            case "EndpointSlice" -> EndpointSlice.from(meta, root);
            case "Secret" -> Secret.from(meta, root);
            case "IPAddressPool" -> IPAddressPool.from(meta, annotations, root);
            case "BGPAdvertisement" -> BGPAdvertisement.from(meta, root);
            case "BGPPeer" -> BGPPeer.from(meta, root);
            case "BFDProfile" -> BFDProfile.from(meta, root);
            case "Community" -> Community.from(meta, root);
            case "L2Advertisement" -> {
                findings.warn(
                        Warning.Reason.UNSUPPORTED_KIND,
                        "L2Advertisement is not served: Berth announces over BGP only, so this object has no effect;"
                                + " announce its pools by a BGPAdvertisement");
                yield new L2Advertisement(meta);
            }
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static void checkVersion(String kind, String apiVersion, Findings findings) {
        boolean served = !apiVersion.startsWith(METALLB)
                || apiVersion.equals("metallb.io/v1beta1")
                || kind.equals("BGPPeer") && apiVersion.equals("metallb.io/v1beta2");
        if (!served) {
            findings.error("apiVersion: " + kind + " is served in metallb.io/v1beta1"
                    + (kind.equals("BGPPeer") ? " and v1beta2" : "") + ", got '" + apiVersion + "'");
        }
    }

    private static void checkNames(Fields metadata, String kind, String name, String namespace) {
        metadata.text("name", "");
        boolean asLabel = kind.equals("Service") || kind.equals("Namespace");
        if (asLabel && !LABEL.matcher(name).matches()) {
            metadata.error(
                    "name", "must be a DNS label of at most 63 lower-case letters, digits and '-', got '" + name + "'");
        } else if (!NAME.matcher(name).matches()) {
            metadata.error("name", "must be a DNS name of lower-case letters, digits, '-' and '.', got '" + name + "'");
        }
        if (!namespace.isEmpty() && !LABEL.matcher(namespace).matches()) {
            metadata.error(
                    "namespace", "must be a DNS label of lower-case letters, digits and '-', got '" + namespace + "'");
        }
    }

    private static ObjectMeta meta(JsonNode document, String namespace, Findings findings) {
        var metadata = new Fields(document.path("metadata"), "metadata", findings);
        return new ObjectMeta(
                namespace,
                metadata.text("name", ""),
                metadata.map("labels"),
                metadata.map("annotations"),
                created(metadata),
                metadata.text("resourceVersion", ""));
    }

    private static Instant created(Fields metadata) {
        String text = metadata.text("creationTimestamp", "");
        try {
            return text.isEmpty() ? ObjectMeta.AGELESS : Instant.parse(text);
        } catch (DateTimeParseException e) {
            metadata.error("creationTimestamp", "must be a time such as 2026-01-31T12:00:00Z, got '" + text + "'");
            return ObjectMeta.AGELESS;
        }
    }
}
