package io.berth.k8s.resource;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go, and so Kubernetes, writes them: "90s", "1h30m", "1.5h", and "0". */
final class GoDuration {

    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");

    private GoDuration() {}

    /** Empty where the text is no duration. */
    static Optional<Duration> parse(String text) {
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher parts = PART.matcher(text);
        double seconds = 0;
        int end = 0;
        while (parts.find() && parts.start() == end) {
            seconds += Double.parseDouble(parts.group(1)) * unit(parts.group(2));
            end = parts.end();
        }
        return end == text.length() && end > 0
                ? Optional.of(Duration.ofNanos((long) Math.min(seconds * 1e9, Long.MAX_VALUE)))
                : Optional.empty();
    }

    private static double unit(String unit) {
        return switch (unit) {
            case "h" -> 3600;
            case "m" -> 60;
            case "s" -> 1;
            case "ms" -> 1e-3;
            case "ns" -> 1e-9;
            default -> 1e-6;
        };
    }
}
