package io.berth.testenv.kube;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How a client finds the API server and says who it is: what stands in the file that {@code KUBECONFIG} names. */
record Kubeconfig(URI server, String authority) {

    /** For whoever has a client certificate. */
    String with(UserAuthority.Credentials credentials) {
        return with("client-certificate-data: %s, client-key-data: %s"
                .formatted(base64(credentials.certificate()), base64(credentials.privateKey())));
    }

    /** For whoever has a token, as a ServiceAccount does. */
    String withToken(String token) {
        return with("token: " + token);
    }

    private String with(String identity) {
        return """
            apiVersion: v1
            kind: Config
            clusters:
              - name: berth-test
                cluster: {server: "%s", certificate-authority-data: %s}
            users:
              - name: user
                user: {%s}
            contexts:
              - name: berth-test
                context: {cluster: berth-test, user: user}
            current-context: berth-test
            """.formatted(server, base64(authority), identity);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
