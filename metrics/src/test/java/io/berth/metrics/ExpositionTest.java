package io.berth.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.berth.allocator.Outcome;
import io.berth.allocator.Refusal;
import io.berth.metrics.http.HttpEndpoint;
import io.berth.metrics.http.ListenAddress;
import io.berth.metrics.http.Router;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private static final String PROMETHEUS_3 =
            "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                    + "encoding=delimited;q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
                    + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

    private List<Decision> services = List.of();
    private List<String> warnings = List.of();
    private final Exposition exposition = new Exposition(
            new Sources("0.1.0", () -> services, () -> warnings, List::of),
            new AllocationMeters(() -> 0),
            new PeerMeters());
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpEndpoint endpoint;

    @BeforeEach
    void start() throws IOException {
        endpoint = HttpEndpoint.start(
                ListenAddress.parse("127.0.0.1:0"), Router.EMPTY.with("/metrics", exposition.page()));
    }

    @AfterEach
    void stop() {
        endpoint.close();
        exposition.close();
        client.close();
    }

    @Test
    void aBrowserGetsPrometheusText() throws Exception {
        HttpResponse<String> answer = scrape("text/html,*/*");

        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(Scrape.parse(answer.body()).types()).containsEntry("berth_build_info", "gauge");
    }

    @Test
    void aScraperThatAcceptsOpenMetricsGetsIt() throws Exception {
        HttpResponse<String> answer = scrape("application/openmetrics-text; version=1.0.0");

        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(answer.body()).contains("# TYPE berth_build info\n").endsWith("# EOF\n");
    }

    @Test
    void aScraperThatWouldRatherHaveProtobufGetsText() throws Exception {
        HttpResponse<String> answer = scrape(PROMETHEUS_3);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).endsWith("# EOF\n");
    }

    @Test
    void theBuildTellsItsVersions() throws Exception {
        assertThat(Scrape.parse(scrape("").body()).startingWith("berth_build_info"))
                .containsOnly(entry("berth_build_info{java=\"" + Runtime.version() + "\",version=\"0.1.0\"}", 1.0));
    }

    @Test
    void warningsAreCountedByReasonAndGoWhenTheyAreMended() throws Exception {
        warnings = List.of("SamePriority", "NamespaceNotFound", "SamePriority");
        assertThat(Scrape.parse(scrape("").body()).startingWith("berth_config_warnings"))
                .containsOnly(
                        entry("berth_config_warnings{reason=\"SamePriority\"}", 2.0),
                        entry("berth_config_warnings{reason=\"NamespaceNotFound\"}", 1.0));

        warnings = List.of();
        assertThat(Scrape.parse(scrape("").body()).startingWith("berth_config_warnings"))
                .isEmpty();
    }

    @Test
    void servicesAreCountedByHowTheyAreServed() throws Exception {
        services = List.of(
                new Decision.Assigned("team-a-ips", Outcome.Cause.ALLOCATED),
                new Decision.Assigned("team-a-ips", Outcome.Cause.KEPT_REQUEST_UNMET),
                new Decision.Assigned("team-a-ips", Outcome.Cause.KEPT_OUT_OF_SCOPE),
                new Decision.Refused("shop", new Refusal.PoolExhausted("no address left")),
                new Decision.Refused("shop", new Refusal.PoolExhausted("no address left")),
                new Decision.Refused("shop", new Refusal.NoPoolAdmits("no pool admits namespace shop")));

        Scrape scrape = Scrape.parse(scrape("").body());
        assertThat(scrape.startingWith("berth_services{"))
                .containsOnly(
                        entry("berth_services{state=\"assigned\"}", 2.0),
                        entry("berth_services{state=\"out_of_scope\"}", 1.0),
                        entry("berth_services{state=\"pending\"}", 3.0));
        assertThat(scrape.startingWith("berth_services_pending"))
                .containsOnly(
                        entry("berth_services_pending{namespace=\"shop\",reason=\"PoolExhausted\"}", 2.0),
                        entry("berth_services_pending{namespace=\"shop\",reason=\"NoPoolAdmits\"}", 1.0));
    }

    @Test
    void withoutServicesEveryStateCountsNone() throws Exception {
        assertThat(Scrape.parse(scrape("").body()).startingWith("berth_services{"))
                .hasSize(3)
                .allSatisfy((series, count) -> assertThat(count).isZero());
    }

    @Test
    void theJvmAndTheProcessAreMeasured() throws Exception {
        assertThat(Scrape.parse(scrape("").body()).types())
                .containsKeys(
                        "jvm_memory_used_bytes",
                        "jvm_gc_memory_allocated_bytes_total",
                        "jvm_threads_live_threads",
                        "jvm_classes_loaded_classes",
                        "process_cpu_usage",
                        "process_files_open_files",
                        "process_uptime_seconds")
                .doesNotContainKeys("process_cpu_time_ns_total", "system_cpu_count");
    }

    private HttpResponse<String> scrape(String accept) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(endpoint.uri().resolve("/metrics"));
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }
}
