package io.berth.testenv.bench.kubernetes;

import io.berth.testenv.bench.kubernetes.Sighting.Change;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a program that runs all the time tells, a line for each route that comes or goes, with the time at which it saw that. Nobody
 * is asked again and again, so that looking costs next to nothing while nothing happens.
 */
final class Sightings implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    /** {@code [2026-11-25T10:44:01.123456] Deleted 198.18.0.1 nhid 12 via 10.89.7.1 dev eth0 proto bgp metric 20}. */
    private static final Pattern KERNEL_ROUTE = Pattern.compile("\\[([^]]+)] *(Deleted )?(\\S+) .*proto bgp.*");

    private final Process process;
    private final BlockingQueue<Sighting> seen = new LinkedBlockingQueue<>();

    private Sightings(Process process, Function<String, Optional<Sighting>> reading) {
        this.process = process;
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        Thread.ofVirtual().start(() -> {
            try (BufferedReader lines = process.inputReader()) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    reading.apply(line).ifPresent(seen::add);
                }
            } catch (IOException e) {
                // The process ended and took its pipe with it; what it had printed has been read.
            }
        });
    }

    /** The routes that a router's kernel has from BGP: those that packets are forwarded by. */
    static Sightings ofKernelRoutes(String container) {
        return new Sightings(
                started(
                        "docker",
                        "exec",
                        "-e",
                        "TZ=UTC",
                        container,
                        "ip",
                        "-rcvbuf",
                        "67108864",
                        "-ts",
                        "monitor",
                        "route"),
                Sightings::kernelRoute);
    }

    /** The routes that a collector hears. */
    static Sightings ofCollector(List<String> command) {
        return new Sightings(started(command.toArray(String[]::new)), Sightings::collected);
    }

    private static Process started(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Optional<Sighting> kernelRoute(String line) {
        Matcher route = KERNEL_ROUTE.matcher(line);
        return route.matches()
                ? Optional.of(new Sighting(
                        route.group(2) == null ? Change.CAME : Change.WENT,
                        route.group(3),
                        LocalDateTime.parse(route.group(1)).toInstant(ZoneOffset.UTC)))
                : Optional.empty();
    }

    static Optional<Sighting> collected(String line) {
        JsonNode change = JSON.readTree(line);
        String prefix = change.path("prefix").asString("").replace("/32", "");
        return switch (change.path("type").asString("")) {
            case "announce" -> Optional.of(new Sighting(Change.CAME, prefix, time(change)));
            case "withdraw" -> Optional.of(new Sighting(Change.WENT, prefix, time(change)));
            default -> Optional.empty();
        };
    }

    private static Instant time(JsonNode change) {
        return Instant.parse(change.path("time").asString());
    }

    /** Forgets what was seen until now. */
    void forget() {
        seen.clear();
    }

    /** Whether one of that kind is among those that nobody has taken yet. */
    boolean saw(Change wanted) {
        return seen.stream().anyMatch(sighting -> sighting.change() == wanted);
    }

    /** When the next one of that kind was seen; fails where none is within half a minute. */
    Sighting next(Change wanted) {
        return next(wanted, Duration.ofSeconds(30))
                .orElseThrow(() -> new IllegalStateException("within 30 s no route " + wanted));
    }

    /**
     * When each of so many things that came was first seen, fewer where time is up before. What went meanwhile is taken off.
     *
     * @param patience from now on
     */
    List<Instant> arrivals(int count, Duration patience) {
        Map<String, Instant> there = new HashMap<>();
        Instant end = Instant.now().plus(patience);
        for (Duration left = patience;
                there.size() < count && left.isPositive();
                left = Duration.between(Instant.now(), end)) {
            @Nullable Sighting sighting = poll(left);
            if (sighting != null) {
                switch (sighting.change()) {
                    case CAME -> there.putIfAbsent(sighting.what(), sighting.at());
                    case WENT -> there.remove(sighting.what());
                }
            }
        }
        List<Instant> times = new ArrayList<>(there.values());
        times.sort(null);
        return times;
    }

    private Optional<Sighting> next(Change wanted, Duration patience) {
        Instant end = Instant.now().plus(patience);
        for (Duration left = patience; left.isPositive(); left = Duration.between(Instant.now(), end)) {
            @Nullable Sighting sighting = poll(left);
            if (sighting != null && sighting.change() == wanted) {
                return Optional.of(sighting);
            }
        }
        return Optional.empty();
    }

    private @Nullable Sighting poll(Duration patience) {
        try {
            return seen.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
