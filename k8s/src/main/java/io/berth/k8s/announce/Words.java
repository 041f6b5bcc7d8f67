package io.berth.k8s.announce;

import java.util.ArrayList;
import java.util.List;

/** The words of a line, taken one after the other. A word in double quotes may contain blanks. */
final class Words {

    private final List<String> words;
    private int next;

    private Words(List<String> words) {
        this.words = words;
    }

    static Words of(String text) {
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else {
                int end = c == '"' ? closingQuote(text, at) : endOfWord(text, at);
                words.add(c == '"' ? text.substring(at + 1, end) : text.substring(at, end));
                at = c == '"' ? end + 1 : end;
            }
        }
        return new Words(words);
    }

    /** Where the word that starts here ends. */
    static int endOfWord(String text, int start) {
        int end = start;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int closingQuote(String text, int start) {
        int end = text.indexOf('"', start + 1);
        if (end < 0) {
            throw new IllegalArgumentException("a quote is not closed: " + text.substring(start));
        }
        return end;
    }

    boolean isEmpty() {
        return next == words.size();
    }

    /** The next word; it stays where it is. */
    String peek() {
        return isEmpty() ? "" : words.get(next);
    }

    String take() {
        return words.get(next++);
    }

    /** What must follow this word. */
    String valueOf(String word) {
        if (isEmpty()) {
            throw new IllegalArgumentException(word + " has no value");
        }
        return take();
    }
}
