package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.bench.kubernetes.Sighting.Change;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One service after the other comes, is announced, loses its endpoint, is withdrawn and goes. Every time begins before the request
 * that causes it is sent, so the API server's own part is in it.
 */
final class Latency {

    private static final String TENANT = "latency";

    /** Rounds before the first that counts: whoever starts late has by then done everything once. */
    private static final int WARM_UP = 10;

    private static final String UNREADY = """
        [{"op": "replace", "path": "/endpoints/0/conditions/ready", "value": false}]
        """;

    private final Contender contender;
    private final Site site;
    private final Map<Metric, List<Duration>> samples = new EnumMap<>(Metric.class);

    Latency(Contender contender, Site site) {
        this.contender = contender;
        this.site = site;
    }

    /** The figures of so many rounds. */
    Stream<Figure> measure(int rounds) {
        // As many addresses as rounds, and some: an address that was given back may be kept from others for a while.
        int tenants = (rounds + WARM_UP) / 100 + 1;
        site.tenants(TENANT, tenants, 0);
        for (int round = 0; round < WARM_UP; round++) {
            round(TENANT + "-" + round % tenants, "warm-" + round);
        }
        samples.clear();
        Writes before = Writes.until(site.client());
        for (int round = 0; round < rounds; round++) {
            round(TENANT + "-" + round % tenants, "service-" + round);
        }
        Writes.until(site.client())
                .since(before)
                .counts()
                .forEach((what, count) -> System.out.printf("%,d × %s%n", count, what));
        return samples.entrySet().stream().map(each -> Figure.of(contender, each.getKey(), each.getValue()));
    }

    private void round(String namespace, String name) {
        KubernetesClient client = site.client();
        client.resource(Tenant.endpoint(namespace, name)).create();
        Service service = Tenant.service(namespace, name);
        site.atRouter().forget();
        site.atCollector().forget();

        Instant created = Instant.now();
        client.resource(service).create();
        note(Metric.CREATE_ANSWERED, created, Instant.now());
        note(
                Metric.ANNOUNCE_AT_ROUTER,
                created,
                site.atRouter().next(Change.CAME).at());
        note(
                Metric.ANNOUNCE_AT_COLLECTOR,
                created,
                site.atCollector().next(Change.CAME).at());

        Instant unready = Instant.now();
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withName(name + "-1")
                .patch(PatchContext.of(PatchType.JSON), UNREADY);
        note(Metric.UNREADY_ANSWERED, unready, Instant.now());
        note(
                Metric.WITHDRAW_AT_ROUTER,
                unready,
                site.atRouter().next(Change.WENT).at());
        note(
                Metric.WITHDRAW_AT_COLLECTOR,
                unready,
                site.atCollector().next(Change.WENT).at());

        client.resource(service).delete();
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(namespace)
                .withName(name + "-1")
                .delete();
    }

    private void note(Metric metric, Instant from, Instant to) {
        samples.computeIfAbsent(metric, any -> new ArrayList<>()).add(Duration.between(from, to));
    }
}
