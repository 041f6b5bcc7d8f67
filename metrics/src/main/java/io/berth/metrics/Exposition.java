package io.berth.metrics;

import io.berth.metrics.http.Page;
import io.berth.metrics.http.Request;
import io.berth.metrics.http.Response;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** All that {@code /metrics} shows: Berth's own meters and Micrometer's of the JVM and the process. */
public final class Exposition implements AutoCloseable {

    /** Micrometer's names that promtool finds fault with; process_cpu_usage says the same as the one, the node as the other. */
    private static final Set<String> LEFT_OUT = Set.of("process.cpu.time", "system.cpu.count");

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final PrometheusMeterRegistry platform =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, registry, Clock.SYSTEM);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Sources sources;
    private final AllocationMeters allocations;
    private final PeerMeters peers;

    public Exposition(Sources sources, AllocationMeters allocations, PeerMeters peers) {
        this.sources = sources;
        this.allocations = allocations;
        this.peers = peers;
        registry.register((MultiCollector) this::snapshots);
        registry.register(allocations.duration());
        registry.register(peers.lag());
        platform.config().meterFilter(MeterFilter.deny(meter -> LEFT_OUT.contains(meter.getName())));
        new ClassLoaderMetrics().bindTo(platform);
        new JvmMemoryMetrics().bindTo(platform);
        new JvmThreadMetrics().bindTo(platform);
        new FileDescriptorMetrics().bindTo(platform);
        new ProcessorMetrics().bindTo(platform);
        new UptimeMetrics().bindTo(platform);
        collections.bindTo(platform);
    }

    /** The page for {@code /metrics}, in OpenMetrics for whoever accepts it and in Prometheus' text for all others. */
    public Page page() {
        return this::answer;
    }

    private MetricSnapshots snapshots() {
        Samples samples = new Samples();
        sources.sample(samples);
        allocations.sample(samples);
        peers.sample(sources.peers().get(), samples);
        return samples.snapshots();
    }

    private Response answer(Request request) {
        ExpositionFormatWriter format = format(request.accept());
        ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 15);
        try {
            format.write(body, registry.scrape());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Response(200, format.getContentType(), body.toString(StandardCharsets.UTF_8));
    }

    /** Prometheus asks for protobuf first, whose writer is not aboard; the library would pick it all the same. */
    private ExpositionFormatWriter format(String accept) {
        ExpositionFormatWriter openMetrics = formats.getOpenMetricsTextFormatWriter();
        return openMetrics.accepts(accept) ? openMetrics : formats.getPrometheusTextFormatWriter();
    }

    @Override
    public void close() {
        collections.close();
        platform.close();
    }
}
