package io.berth.testenv.kube;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The question whether the API server is ready, asked as anybody may who trusts its certificate. */
record Readiness(URI question, Path certificate) {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final int YES = 200;

    /** Whether it says so: not while it has no certificate yet, takes no connections, or cannot do all of its work. */
    boolean told() {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(trusting())
                .connectTimeout(PATIENCE)
                .build()) {
            var request = HttpRequest.newBuilder(question).timeout(PATIENCE).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == YES;
        } catch (IOException | GeneralSecurityException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private SSLContext trusting() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (InputStream in = Files.newInputStream(certificate)) {
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                trusted.setCertificateEntry("certificate-" + trusted.size(), each);
            }
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
