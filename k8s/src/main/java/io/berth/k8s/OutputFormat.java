package io.berth.k8s;

import io.berth.k8s.plan.Documents;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** How a result is printed: a table for people, or JSON or YAML for machines. */
enum OutputFormat {
    TABLE,
    JSON,
    YAML;

    /** Prints the tree to the command's output, or the text, which has its own line ends; what is not printed is not made. */
    void print(CommandSpec command, Supplier<? extends JsonNode> tree, Supplier<String> text) {
        PrintWriter out = command.commandLine().getOut();
        switch (this) {
            case TABLE -> out.print(text.get());
            case JSON -> out.println(Documents.json(tree.get()));
            case YAML -> out.println(Documents.yaml(tree.get()));
        }
        out.flush();
    }

    /** As it is written on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
