package io.berth.k8s.resource;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A Secret of type {@code kubernetes.io/basic-auth}, of which only the password is read.
 *
 * @param password empty where there is none
 */
public record Secret(ObjectMeta meta, String password) implements Resource {

    static Secret from(ObjectMeta meta, Fields root) {
        String plain = root.object("stringData").secret("password");
        if (!plain.isEmpty()) {
            return new Secret(meta, plain);
        }
        String encoded = root.object("data").secret("password");
        try {
            return new Secret(meta, new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            root.object("data").error("password", "is not base64");
            return new Secret(meta, "");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return reference();
    }
}
