package io.berth.metrics.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * The page for people at {@code /}: three files, complete in themselves, that ask {@code /api/v1/*} for what they show.
 * A part of the API that this process does not serve is a section that the page leaves out.
 *
 * <p>Of the {@link Api}, {@code pools}, {@code allocations} and {@code routes} are the arrays {@code pools},
 * {@code services} and {@code routes} of {@code berth plan -o json}; a peer is
 *
 * <pre>{@code
 * {"name": "tor-1", "address": "192.0.2.1:179", "state": "Established", "since": "2026-11-24T10:00:00Z",
 *  "reason": "", "announced": {"ipv4": 3, "ipv6": 0}}
 * }</pre>
 */
public final class StatusPage {

    private StatusPage() {}

    /** The page and what it loads. */
    public static Map<String, Page> pages() {
        return Map.of(
                "/", resource("status.html", "text/html; charset=utf-8"),
                "/status.css", resource("status.css", "text/css; charset=utf-8"),
                "/status.js", resource("status.js", "text/javascript; charset=utf-8"));
    }

    private static Page resource(String name, String contentType) {
        try (InputStream file = StatusPage.class.getResourceAsStream(name)) {
            String text = new String(
                    Objects.requireNonNull(file, name + " is missing from this jar")
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
            Response response = new Response(200, contentType, text);
            return request -> response;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
