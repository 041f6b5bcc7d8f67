package io.berth.testenv.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** What real routers printed once. */
final class Recording {

    private Recording() {}

    static String of(String name) {
        try (InputStream recorded = Objects.requireNonNull(Recording.class.getResourceAsStream(name), name)) {
            return new String(recorded.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
