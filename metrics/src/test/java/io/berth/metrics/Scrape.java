package io.berth.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.metrics.http.Page;
import io.berth.metrics.http.Request;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scraper makes of an exposition in Prometheus' text format, every line of which must be of its grammar. */
record Scrape(Map<String, Double> series, Map<String, String> types, Map<String, String> helps) {

    private static final Pattern COMMENT =
            Pattern.compile("# (?<kind>HELP|TYPE) (?<name>[a-zA-Z_:][\\w:]*) (?<rest>.+)");
    private static final Pattern SAMPLE = Pattern.compile(
            "(?<series>[a-zA-Z_:][\\w:]*(\\{(\\w+=\"([^\"\\\\\\n]|\\\\[\\\\\"n])*\",?)*})?) (?<value>\\S+)");

    static Scrape of(Page page) {
        return parse(
                page.answer(new Request("GET", "/metrics", Map.of(), "*/*")).body());
    }

    static Scrape parse(String text) {
        Scrape scrape = new Scrape(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
        text.lines().forEach(scrape::read);
        return scrape;
    }

    private void read(String line) {
        Matcher comment = COMMENT.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (comment.matches()) {
            Map<String, String> known = comment.group("kind").equals("HELP") ? helps : types;
            assertThat(known.put(comment.group("name"), comment.group("rest")))
                    .as("first: %s", line)
                    .isNull();
        } else {
            assertThat(sample.matches()).as("a sample: %s", line).isTrue();
            Double value = Double.valueOf(sample.group("value").replace("+Inf", "Infinity"));
            assertThat(series.put(sample.group("series"), value))
                    .as("once only: %s", line)
                    .isNull();
        }
    }

    /** The value of one series, its labels in alphabetical order. */
    double value(String name) {
        assertThat(series).containsKey(name);
        return series.getOrDefault(name, Double.NaN);
    }

    /** Every series of one name or family of names, with its value. */
    Map<String, Double> startingWith(String prefix) {
        Map<String, Double> found = new LinkedHashMap<>(series);
        found.keySet().removeIf(name -> !name.startsWith(prefix));
        return found;
    }
}
