package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Thousands of services that nobody has served yet: a controller and a speaker start at the same moment. Then what each holds in
 * memory, and how long each takes to start again.
 */
final class Load {

    private static final String TENANT = "load";

    private final Contender contender;
    private final Site site;
    private final Size size;
    private final List<Figure> figures = new ArrayList<>();

    Load(Contender contender, Site site, Size size) {
        this.contender = contender;
        this.site = site;
        this.size = size;
    }

    Stream<Figure> measure() {
        site.tenants(TENANT, size.pools(), 100);
        List<String[]> services = IntStream.range(0, size.services())
                .mapToObj(number -> new String[] {TENANT + "-" + number % size.pools(), "service-" + number})
                .toList();
        Duration created = Together.each(services, name -> {
            site.client().resource(Tenant.endpoint(name[0], name[1])).create();
            site.client().resource(Tenant.service(name[0], name[1])).create();
        });
        say("%,d services and as many EndpointSlices created in %s", size.services(), created);
        figure(
                Metric.WRITES_PER_SECOND,
                new PlainClient(site.client()).writesPerSecond(Math.min(size.services(), 2000)));
        figure(Metric.SERVICES, size.services());
        site.atRouter().forget();
        try (Allocation allocation = new Allocation(site.client())) {
            start(allocation);
        }
        return figures.stream();
    }

    private void start(Allocation allocation) {
        Map<Metric, Duration> before = processorTimesOfServers();
        Writes writesBefore = Writes.until(site.client());
        Instant begun = Instant.now();
        try (Server speaker = site.startSpeaker();
                Server controller = site.startController()) {
            Allocation.Outcome allocated = allocation.await(size.services(), size.patience());
            figure(Metric.ALL_ALLOCATED, Duration.between(begun, allocated.last()));
            figure(Metric.SERVICES_ALLOCATED, allocated.services());
            figure(Metric.ADDRESSES_GIVEN_TWICE, allocated.givenTwice().size());
            List<Instant> announced = site.atRouter()
                    .arrivals(allocated.services(), size.patience().minus(Duration.between(begun, Instant.now())));
            figure(Metric.SERVICES_ANNOUNCED, announced.size());
            if (!announced.isEmpty()) {
                figure(Metric.ALL_ANNOUNCED, Duration.between(begun, announced.getLast()));
            }
            processorTimesOfServers().forEach((metric, time) -> figure(metric, time.minus(before.get(metric))));
            figure(Metric.CONTROLLER_CPU, new Proc(controller.pid()).cpu());
            figure(Metric.SPEAKER_CPU, new Proc(speaker.pid()).cpu());
            Writes writes = Writes.until(site.client()).since(writesBefore);
            figure(Metric.WRITES, (double) writes.all());
            writes.counts().forEach((what, count) -> say("%,d × %s", count, what));
            memory(controller, Metric.CONTROLLER_HEAP, Metric.CONTROLLER_RSS, Metric.CONTROLLER_PEAK_RSS);
            memory(speaker, Metric.SPEAKER_HEAP, Metric.SPEAKER_RSS, Metric.SPEAKER_PEAK_RSS);
            startAgain(controller, speaker, announced.size());
        }
    }

    private static Map<Metric, Duration> processorTimesOfServers() {
        Map<Metric, Duration> times = new EnumMap<>(Metric.class);
        times.put(Metric.API_SERVER_CPU, Proc.ofProgram("kube-apiserver").cpu());
        times.put(Metric.ETCD_CPU, Proc.ofProgram("etcd").cpu());
        return times;
    }

    /** The resident memory before the collection that the heap is measured after: as it is for whoever looks at it. */
    private void memory(Server server, Metric heap, Metric resident, Metric peak) {
        var process = new Proc(server.pid());
        figure(resident, process.residentBytes());
        figure(peak, process.peakResidentBytes());
        figure(heap, server.heap());
    }

    private void startAgain(Server controller, Server speaker, int announced) {
        try (Server again = controller.again()) {
            figure(Metric.CONTROLLER_READY, again.awaitReady());
        }
        speaker.close();
        Eventually.eventually(
                Duration.ofMinutes(1), () -> site.router().routes().size(), none -> none == 0);
        site.atRouter().forget();
        Instant begun = Instant.now();
        try (Server again = speaker.again()) {
            figure(Metric.SPEAKER_READY, again.awaitReady());
            List<Instant> routes = site.atRouter().arrivals(announced, size.patience());
            if (routes.size() == announced && announced > 0) {
                figure(Metric.SPEAKER_ANNOUNCED_AGAIN, Duration.between(begun, routes.getLast()));
            }
        }
    }

    private void figure(Metric metric, Duration duration) {
        figure(metric, (double) duration.toNanos());
    }

    private void figure(Metric metric, double value) {
        Figure figure = Figure.of(contender, metric, value);
        say("%s", figure);
        figures.add(figure);
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(format + "%n", arguments);
    }
}
