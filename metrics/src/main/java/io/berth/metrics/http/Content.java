package io.berth.metrics.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What an answer consists of, in UTF-8. */
public sealed interface Content {

    /** All of it, made before its first byte is sent, so that a failure half way is a 500 and not half a page. */
    record Whole(String text) implements Content {}

    /**
     * Made while it is sent, for what may be too large to be held: the verdicts of a hundred pools on ten thousand services are
     * several times what the process needs to come to them. A failure half way leaves a text that ends too early.
     */
    record Streamed(Writing writing) implements Content {}

    /** Writes a text from its beginning to its end. Asked once for every answer, on its client's thread. */
    @FunctionalInterface
    interface Writing {
        void to(OutputStream out) throws IOException;
    }

    /** The text that is sent. */
    default String text() {
        return switch (this) {
            case Whole(String text) -> text;
            case Streamed(Writing writing) -> {
                ByteArrayOutputStream sent = new ByteArrayOutputStream();
                try {
                    writing.to(sent);
                } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible);
                }
                yield sent.toString(StandardCharsets.UTF_8);
            }
        };
    }
}
