package io.berth.testenv.bench.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The writes that an API server has taken or refused, by what was asked for: {@code PATCH services/status 200}.
 */
record Writes(Map<String, Long> counts) {

    private static final Pattern REQUESTS = Pattern.compile(
            "^apiserver_request_total\\{code=\"(\\d+)\".*,resource=\"([^\"]*)\".*,subresource=\"([^\"]*)\","
                    + "verb=\"(POST|PUT|PATCH|APPLY|DELETE)\".*} (\\S+)$",
            Pattern.MULTILINE);

    static Writes until(KubernetesClient client) {
        return parse(client.raw("/metrics"));
    }

    static Writes parse(String metrics) {
        return new Writes(REQUESTS.matcher(metrics)
                .results()
                .collect(Collectors.toMap(
                        (MatchResult line) -> line.group(4) + " " + line.group(2)
                                + (line.group(3).isEmpty() ? "" : "/" + line.group(3)) + " " + line.group(1),
                        line -> (long) Double.parseDouble(line.group(5)),
                        Long::sum,
                        TreeMap::new)));
    }

    /** Those since then. */
    Writes since(Writes before) {
        Map<String, Long> more = new TreeMap<>();
        counts.forEach((what, count) -> {
            long grown = count - before.counts().getOrDefault(what, 0L);
            if (grown > 0) {
                more.put(what, grown);
            }
        });
        return new Writes(more);
    }

    long all() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
