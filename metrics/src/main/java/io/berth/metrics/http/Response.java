package io.berth.metrics.http;

/** A whole answer, made before its first byte is sent, so that a failure half way is a 500 and not half a page. */
public record Response(int status, String contentType, String body) {

    private static final String TEXT = "text/plain; charset=utf-8";

    /** 200 with JSON text. */
    public static Response json(String body) {
        return new Response(200, "application/json", body);
    }

    /** 200 with plain text. */
    public static Response text(String body) {
        return new Response(200, TEXT, body);
    }

    /** 400: the client's own mistake, named in one line. */
    public static Response badRequest(String problem) {
        return new Response(400, TEXT, problem + "\n");
    }

    /** 404: the path, or what its parameters name, is not here. */
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

    static Response internalError() {
        return new Response(500, TEXT, "internal error; the log of this process says more\n");
    }
}
