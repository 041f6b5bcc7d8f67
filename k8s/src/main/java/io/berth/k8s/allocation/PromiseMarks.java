package io.berth.k8s.allocation;

/** Whether addresses are promised before they are given, and the marks of promises: no two are ever the same. */
public sealed interface PromiseMarks {

    /** Nobody else gives addresses, so none have to be promised. */
    record None() implements PromiseMarks {}

    /** Marks that begin with what no other process begins with. */
    final class Of implements PromiseMarks {

        private final String process;
        private long count;

        public Of(String process) {
            this.process = process;
        }

        String next() {
            return process + "." + ++count;
        }

        boolean isOwn(String mark) {
            return mark.startsWith(process + ".");
        }
    }
}
