package io.berth.k8s;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** One run of the command line: its exit status and what it printed. */
record Run(int status, String out, String err) {

    static Run berth(String... arguments) {
        return berth(Map.of(), arguments);
    }

    static Run berth(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.berth(environment)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
        return new Run(status, out.toString(), err.toString());
    }
}
