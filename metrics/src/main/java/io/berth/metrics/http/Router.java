package io.berth.metrics.http;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which page stands at which path; paths match exactly. Immutable. */
public final class Router {

    /** No pages at all. */
    public static final Router EMPTY = new Router(new TreeMap<>());

    private final SortedMap<String, Page> pages;

    private Router(SortedMap<String, Page> pages) {
        this.pages = pages;
    }

    /** This router with one page more, in the place of what stood at that path before. */
    public Router with(String path, Page page) {
        SortedMap<String, Page> more = new TreeMap<>(pages);
        more.put(path, page);
        return new Router(more);
    }

    /** This router with all of these pages more. */
    public Router with(Map<String, Page> others) {
        SortedMap<String, Page> more = new TreeMap<>(pages);
        more.putAll(others);
        return new Router(more);
    }

    Response answer(Request request) {
        Page page = pages.get(request.path());
        if (page == null) {
            return Response.notFound("nothing is here; there are: " + String.join(" ", pages.keySet()));
        }
        return switch (request.method()) {
            case "GET", "HEAD" -> page.answer(request);
            default -> Response.methodNotAllowed();
        };
    }
}
