package io.berth.testenv.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFormatTest {

    @Test
    void everySourceFileIsFormatted() throws IOException {
        Path root = Path.of(System.getProperty("berth.root"));

        assertThat(new SourceFormat().unformatted(root))
                .as("files that ./test-env/format would change")
                .isEmpty();
    }

    @Test
    void aFileThatIsLaidOutOtherwiseIsFound(@TempDir Path directory) throws IOException {
        Path crooked = Files.writeString(directory.resolve("Crooked.java"), "class   Crooked{ }\n");

        assertThat(new SourceFormat().unformatted(directory)).containsExactly(crooked);
    }
}
