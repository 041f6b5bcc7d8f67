package io.berth.k8s.live;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A berth process that can be asked over HTTP.
 *
 * @param base what the paths of its pages are relative to; ends in a slash
 */
public record Server(URI base) {

    /**
     * How long a question is worth waiting, and how much of an answer worth reading.
     *
     * @param connect until there is a connection
     * @param answer  until the answer begins
     * @param whole   until all of it is there
     * @param longest in bytes
     */
    record Bounds(Duration connect, Duration answer, Duration whole, long longest) {

        /** Ten thousand services with the verdicts of a hundred pools on each come to a third of this. */
        static final Bounds DEFAULT =
                new Bounds(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofMinutes(1), 512L << 20);
    }

    /**
     * Reads {@code http://127.0.0.1:7472}, or what lies in front of such a process, {@code https://host/path}.
     *
     * @throws IllegalArgumentException naming the text, for anything else
     */
    public static Server parse(String text) {
        try {
            URI uri = URI.create(text);
            boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (http
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null
                    && uri.getFragment() == null) {
                return new Server(text.endsWith("/") ? uri : URI.create(text + "/"));
            }
        } catch (IllegalArgumentException _) {
            // No URI at all is no URL either.
        }
        throw new IllegalArgumentException(
                "'" + text + "' is not the URL of a server; write http://127.0.0.1:7472 for example");
    }

    /** As people write it: without the slash. */
    @Override
    public String toString() {
        String text = base.toString();
        return text.substring(0, text.length() - 1);
    }

    /** What comes back for a path below the base. Follows nobody elsewhere. */
    Reply ask(String path) {
        return ask(path, Bounds.DEFAULT);
    }

    Reply ask(String path, Bounds bounds) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(bounds.connect())
                .followRedirects(Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        try {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(path))
                    .timeout(bounds.answer())
                    .build();
            HttpResponse<byte[]> answer = client.sendAsync(
                            request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), bounds.longest()))
                    .get(bounds.whole().toMillis(), TimeUnit.MILLISECONDS);
            return new Reply.Answered(
                    answer.statusCode(),
                    answer.headers().firstValue("Content-Type").orElse(""),
                    answer.body());
        } catch (ExecutionException failure) {
            return new Reply.Silent(why(Objects.requireNonNullElse(failure.getCause(), failure), bounds));
        } catch (TimeoutException _) {
            return new Reply.Silent(
                    this + " has sent no whole answer within " + bounds.whole().toSeconds() + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new Reply.Silent("interrupted before " + this + " has answered");
        } finally {
            client.shutdownNow();
        }
    }

    private String why(Throwable failure, Bounds bounds) {
        return switch (failure) {
            case HttpConnectTimeoutException _ ->
                "no connection to " + this + " within " + bounds.connect().toSeconds() + " s";
            case HttpTimeoutException _ ->
                this + " has not answered within " + bounds.answer().toSeconds() + " s";
            case ConnectException unresolved
            when unresolved.getCause() instanceof UnresolvedAddressException ->
                "nobody is called " + base.getHost() + " (--server names the process to ask)";
            case ConnectException _ -> "no process answers at " + this + " (--server names the process to ask)";
            case IOException other -> this + " does not answer as a berth process does: " + other.getMessage();
            default -> this + " does not answer as a berth process does: " + failure;
        };
    }
}
