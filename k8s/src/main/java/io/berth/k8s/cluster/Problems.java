package io.berth.k8s.cluster;

/** What went wrong with the API server, in words for people. */
final class Problems {

    private Problems() {}

    /** What was at the bottom of it; the client wraps that in sentences on itself. */
    static String text(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
