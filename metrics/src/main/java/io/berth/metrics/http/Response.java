package io.berth.metrics.http;

/** An answer to a client. */
public record Response(int status, String contentType, Content content) {

    private static final String JSON = "application/json";
    private static final String TEXT = "text/plain; charset=utf-8";

    /** An answer that is all there. */
    public Response(int status, String contentType, String body) {
        this(status, contentType, new Content.Whole(body));
    }

    /** The text that is sent. */
    public String body() {
        return content.text();
    }

    /** 200 with JSON text. */
    public static Response json(String body) {
        return new Response(200, JSON, body);
    }

    /** 200 with JSON that may be long. */
    static Response json(Content json) {
        return new Response(200, JSON, json);
    }

    /** 200 with plain text. */
    public static Response text(String body) {
        return new Response(200, TEXT, body);
    }

    /** JSON that says in one line why what was asked for is not told. */
    static Response notTold(int status, String reason, String message) {
        String body =
                "{\n  \"reason\": " + JsonString.of(reason) + ",\n  \"message\": " + JsonString.of(message) + "\n}";
        return new Response(status, JSON, body);
    }

    /** 404: nothing stands at this path. */
    public static Response notFound(String problem) {
        return new Response(404, TEXT, problem + "\n");
    }

    /** 503, for as long as something is not ready. */
    public static Response unavailable(String body) {
        return new Response(503, TEXT, body);
    }

    static Response methodNotAllowed() {
        return new Response(405, TEXT, "only GET and HEAD are answered here\n");
    }

    static Response misdirected() {
        return new Response(421, TEXT, "ask for this by its address, or as localhost\n");
    }

    static Response internalError() {
        return new Response(500, TEXT, "internal error; the log of this process says more\n");
    }
}
