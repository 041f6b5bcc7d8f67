package io.berth.testenv.bench.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Linux tells of a process. */
record Proc(long pid) {

    /** USER_HZ, which is 100 on every architecture that matters (times(2)). */
    private static final Duration TICK = Duration.ofMillis(10);

    /** utime and stime of proc_pid_stat(5), as they come after the name. */
    private static final List<Integer> TIMES = List.of(11, 12);

    /** Of a program that this process started, directly or not. */
    static Proc ofProgram(String name) {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/" + name))
                .findFirst()
                .map(process -> new Proc(process.pid()))
                .orElseThrow(() -> new IllegalStateException(name + " does not run"));
    }

    /** The time that it had of processors until now. */
    Duration cpu() {
        String stat = read("stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return TICK.multipliedBy(
                TIMES.stream().mapToLong(field -> Long.parseLong(fields[field])).sum());
    }

    double residentBytes() {
        return status("VmRSS");
    }

    double peakResidentBytes() {
        return status("VmHWM");
    }

    private double status(String field) {
        Matcher found = Pattern.compile(field + ":\\s+(\\d+) kB").matcher(read("status"));
        if (!found.find()) {
            throw new IllegalStateException("process " + pid + " has no " + field);
        }
        return Double.parseDouble(found.group(1)) * 1024;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
