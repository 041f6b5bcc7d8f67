package io.berth.metrics.http;

import java.util.function.Supplier;

/** What stands at one path. Asked on many threads at once, so it reads immutable snapshots only. */
@FunctionalInterface
public interface Page {

    Response answer(Request request);

    /** A page of JSON that is made anew for every request. */
    static Page json(Supplier<String> json) {
        return request -> Response.json(json.get());
    }
}
