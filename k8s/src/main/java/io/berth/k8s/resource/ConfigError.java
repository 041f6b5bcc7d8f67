package io.berth.k8s.resource;

/**
 * An object that cannot be used.
 *
 * @param source the file it is from, or empty where it is from a cluster
 * @param object "IPAddressPool/team-a-ips", or empty where it is not even known which
 * @param message what is wrong, with field and value
 */
public record ConfigError(String source, String object, String message) {

    /** The whole of it in one line. */
    public String line() {
        return (source.isEmpty() ? "" : source + ": ") + (object.isEmpty() ? "" : object + ": ") + message;
    }
}
