package io.berth.testenv.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown page with a section for each benchmark, between marks of its own, so that each is written anew by itself. */
public record Page(String text) {

    private static final String TITLE = """
        # Benchmarks

        What Berth costs, measured by `./test-env/bench`, which writes this page: a section for each benchmark.
        """;

    /** Writes this section anew in the page of that file, which need not exist. */
    public static void write(Path file, String name, String section) throws IOException {
        Page page = new Page(Files.exists(file) ? Files.readString(file) : TITLE);
        Files.writeString(file, page.with(name, section).text());
    }

    /** The text that lies beside a class, with {@code {name}} where a table goes. */
    public static String template(Class<?> beside) throws IOException {
        try (InputStream text = Objects.requireNonNull(beside.getResourceAsStream("section.md"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * A section.
     *
     * @param template a text with {@code {name}} where a table goes
     * @param facts what was measured on, each by its name, in order: the table {@code machine}
     * @param tables the others, by their names
     */
    public static String section(String template, Map<String, String> facts, Map<String, Table> tables) {
        Table machine = new Table("", "");
        facts.forEach(machine::row);
        String text = template.replace("{machine}", machine.toString());
        for (Map.Entry<String, Table> table : tables.entrySet()) {
            text = text.replace("{" + table.getKey() + "}", table.getValue().toString());
        }
        return text.strip();
    }

    /** The page with this section in the place of the one of that name, or at the end where there was none. */
    public Page with(String name, String section) {
        String begin = "<!-- begin " + name + ": written by test-env/bench " + name + ", do not edit -->";
        String end = "<!-- end " + name + " -->";
        String marked = begin + "\n\n" + section.strip() + "\n\n" + end;
        Matcher before = Pattern.compile(Pattern.quote(begin) + ".*?" + Pattern.quote(end), Pattern.DOTALL)
                .matcher(text);
        return new Page(
                before.find()
                        ? text.substring(0, before.start()) + marked + text.substring(before.end())
                        : text.stripTrailing() + "\n\n" + marked + "\n");
    }
}
