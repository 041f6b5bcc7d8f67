package io.berth.bgp;

/**
 * Who a speaker says it is, for the operators of its peers to read; sessions do not depend on it. An empty text is not said.
 *
 * @param host the host's name without its domain
 * @param domain the rest of its name
 * @param software what runs there, with its version
 */
public record Introduction(String host, String domain, String software) {

    /** Says nothing. */
    public static final Introduction NONE = new Introduction("", "", "");

    /** The host of this name, which ends at its first dot unless the whole of it is an address. */
    public static Introduction of(String name, String software) {
        int dot = name.indexOf('.');
        return dot < 0 || name.matches("[0-9.]+")
                ? new Introduction(name, "", software)
                : new Introduction(name.substring(0, dot), name.substring(dot + 1), software);
    }
}
