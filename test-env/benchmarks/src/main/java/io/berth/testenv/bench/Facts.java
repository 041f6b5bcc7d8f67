package io.berth.testenv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What was measured on: the machine and the versions, as the script found them. */
public final class Facts {

    private Facts() {}

    /** The facts by their names, in order, of lines with a name and a value and a tab between them. */
    public static Map<String, String> read(Path file) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] fact = line.split("\t", 2);
            facts.put(fact[0], fact[1]);
        }
        return facts;
    }
}
