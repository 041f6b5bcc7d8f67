package io.berth.k8s.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** What went wrong with the API server, in words for people. */
final class Problems {

    private Problems() {}

    /** What the API server said, or what was at the bottom of it; the client wraps both in sentences on itself. */
    static String text(Throwable failure) {
        Throwable cause = failure;
        String said = said(cause);
        while (said == null && cause.getCause() != null) {
            cause = cause.getCause();
            said = said(cause);
        }
        return said != null
                ? said
                : cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    private static @Nullable String said(Throwable failure) {
        return failure instanceof KubernetesClientException e && e.getStatus() != null
                ? e.getStatus().getMessage()
                : null;
    }
}
