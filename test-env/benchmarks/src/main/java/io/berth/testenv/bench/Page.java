package io.berth.testenv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
