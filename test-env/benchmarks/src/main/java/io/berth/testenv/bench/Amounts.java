package io.berth.testenv.bench;

import java.util.Locale;

/** Figures as people read them. */
public final class Amounts {

    private static final String[] TIMES = {"ns", "µs", "ms", "s"};
    private static final String[] SIZES = {"B", "KiB", "MiB", "GiB"};

    private Amounts() {}

    /** "812 ns", "1.62 µs", "44.7 ms". */
    public static String time(double nanoseconds) {
        return scaled(nanoseconds, 1_000, TIMES);
    }

    /** "42.6 MiB". */
    public static String bytes(double bytes) {
        return scaled(bytes, 1_024, SIZES);
    }

    /** "1,230,000": three figures are as much as such measurements tell. */
    public static String count(double number) {
        double unit = Math.pow(10, Math.max(0, Math.floor(Math.log10(Math.max(number, 1))) - 2));
        return String.format(Locale.ROOT, "%,d", Math.round(Math.round(number / unit) * unit));
    }

    /** "58,982". */
    public static String exactly(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** How many times as much one is as the other: "×41,300", "×0.95". */
    public static String times(double more, double less) {
        double times = more / less;
        return "×" + (times < 10 ? String.format(Locale.ROOT, "%.2f", times) : count(times));
    }

    private static String scaled(double amount, int step, String[] units) {
        int unit = 0;
        double value = amount;
        while (value >= step && unit < units.length - 1) {
            value /= step;
            unit++;
        }
        int digits = unit == 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%." + digits + "f %s", value, units[unit]);
    }
}
