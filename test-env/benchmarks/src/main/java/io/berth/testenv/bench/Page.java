package io.berth.testenv.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Markdown page with a section for each benchmark, between marks of its own, so that each is written anew by itself. */
public record Page(String text) {

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
