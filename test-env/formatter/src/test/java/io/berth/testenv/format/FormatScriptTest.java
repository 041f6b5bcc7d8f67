package io.berth.testenv.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./test-env/format}, with a Maven in the PATH that only says which JDK it would run on. */
class FormatScriptTest {

    private static final Path JDK = Path.of(System.getProperty("java.home"));

    @TempDir
    private Path path;

    @Test
    void mavenAndTheJavaThatItStartsAreOfAJdk25WhateverJavaComesFirst() throws Exception {
        program("java", "exit 1");
        program("mvn", "echo \"$JAVA_HOME\"; command -v java");

        assertThat(format())
                .containsExactly(JDK.toString(), JDK.resolve("bin/java").toString());
    }

    private void program(String name, String script) throws IOException {
        Path file = Files.writeString(path.resolve(name), "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private List<String> format() throws Exception {
        ProcessBuilder script = new ProcessBuilder(
                Path.of(System.getProperty("berth.root"), "test-env", "format").toString());
        script.environment().put("PATH", path + ":/usr/bin:/bin");
        script.environment().put("JAVA25_HOME", JDK.toString());
        script.environment().remove("JAVA_HOME");
        Process process = script.redirectErrorStream(true).start();
        List<String> lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(lines.toString()).isZero();
        return lines;
    }
}
