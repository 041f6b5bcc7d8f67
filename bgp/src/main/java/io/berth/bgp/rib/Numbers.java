package io.berth.bgp.rib;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One small number for equal values, for as long as anybody uses it: what thousands of routes have in common is kept once, and
 * an int for each of them.
 */
final class Numbers<T> {

    private final Map<T, Integer> numbers = new HashMap<>();
    private final List<T> values = new ArrayList<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private int[] uses = new int[8];

    /** The number of a value. One that nobody ever acquires is never free for another value. */
    int number(T value) {
        return numbers.computeIfAbsent(value, this::place);
    }

    /** The number is used once more. */
    void acquire(int number) {
        uses[number]++;
    }

    /** One use less; with the last one the number is free for another value. */
    void release(int number) {
        uses[number]--;
        if (uses[number] == 0) {
            numbers.remove(values.get(number));
            free.push(number);
        }
    }

    /** The value of a number that is in use. */
    T value(int number) {
        return values.get(number);
    }

    private int place(T value) {
        Integer reused = free.poll();
        if (reused != null) {
            values.set(reused, value);
            return reused;
        }
        int number = values.size();
        values.add(value);
        if (number == uses.length) {
            uses = Arrays.copyOf(uses, 2 * number);
        }
        return number;
    }
}
