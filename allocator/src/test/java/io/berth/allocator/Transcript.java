package io.berth.allocator;

import java.util.ArrayList;
import java.util.List;

/** Cuts a history in which something broke down to the events that it takes, so that somebody can read it. */
final class Transcript {

    private static final int ATTEMPTS = 1_000;

    private Transcript() {}

    static String shortest(List<Event> broken, OutOfScope policy) {
        List<Event> events = new ArrayList<>(broken);
        int attempts = 0;
        for (int chunk = Math.max(1, events.size() / 2); chunk > 0; chunk /= 2) {
            int from = 0;
            while (from < events.size() && attempts++ < ATTEMPTS) {
                List<Event> fewer = new ArrayList<>(events);
                fewer.subList(from, Math.min(events.size(), from + chunk)).clear();
                if (breaks(fewer, policy)) {
                    events = fewer;
                } else {
                    from += chunk;
                }
            }
        }
        return told(events, policy);
    }

    private static boolean breaks(List<Event> events, OutOfScope policy) {
        History history = new History(policy);
        try {
            events.forEach(history::after);
            history.end();
            return false;
        } catch (AssertionError | RuntimeException broken) {
            return true;
        }
    }

    private static String told(List<Event> events, OutOfScope policy) {
        StringBuilder told = new StringBuilder("policy ").append(policy).append('\n');
        History history = new History(policy);
        try {
            for (Event event : events) {
                told.append(event).append('\n');
                told.append("    -> ").append(history.after(event)).append('\n');
            }
            history.end();
        } catch (AssertionError | RuntimeException broken) {
            told.append("    BROKEN: ")
                    .append(broken)
                    .append("; ")
                    .append(history)
                    .append('\n');
        }
        return told.toString();
    }
}
