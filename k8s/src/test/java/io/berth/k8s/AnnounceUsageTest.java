package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with how announce and collect are called is said in one line, with status 2. */
class AnnounceUsageTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
        --local-as 0            | '--local-as': AS number must be 1 to 4294967295, got 0
        --peer-as many          | '--peer-as': AS number must be 1 to 4294967295, got 'many'
        --peer router           | not an IP address: 'router'
        --peer 192.0.2.1:0      | a peer is ADDRESS or ADDRESS:PORT
        --local-address here    | not an IP address: 'here'
        --router-id 0.0.0.0     | BGP Identifier must not be 0.0.0.0
        --listen 179            | '179' is not an address to listen on
        --hold-time 2           | hold time must be 0 or 3 to 65535 seconds, got 2
        --families ipv5         | a family is ipv4 or ipv6, got 'ipv5'
        --output yaml           | expected one of [text, json]
        --ttl-security 0        | '--ttl-security': hops must be 1 to 254, got 0
        --ttl-security 255      | '--ttl-security': hops must be 1 to 254, got 255
        --multihop 256          | '--multihop': TTL must be 1 to 255, got 256
        --multihop 2 --ttl-security 2 | only one of --multihop and --ttl-security may be given
        --bfd now               | unknown options: '--bfd'
        --graceful-restart 120  | unknown options: '--graceful-restart'
        --password-file missing | missing: no such file or directory
        """)
    void badValueNamesItself(String option, String problem) {
        Run run = announce(option.split(" "));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).startsWith("berth announce: ").contains(problem).hasLineCount(1);
    }

    @Test
    void emptyPasswordFileIsNoPasswordAndNotWithoutPassword(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), "\n");

        assertThat(announce("--password-file", file.toString()))
                .isEqualTo(new Run(2, "", "berth announce: " + file + ": there is no password in it\n"));
    }

    @Test
    void collectorNeedsSomebodyToCollectFrom() {
        Run run = Run.berth("collect", "--local-as", "64513");

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("nothing to collect from: give --listen or --peer");
    }

    /** With what is needed, unless it is given otherwise; never so that a session would be tried. */
    private static Run announce(String... options) {
        List<String> arguments = new ArrayList<>(List.of("announce"));
        for (String needed : List.of("--local-as 64512", "--peer-as 64513", "--peer 127.0.0.1:9")) {
            String name = needed.split(" ")[0];
            if (!List.of(options).contains(name)) {
                arguments.addAll(List.of(needed.split(" ")));
            }
        }
        arguments.addAll(List.of(options));
        return Run.berth(arguments.toArray(String[]::new));
    }
}
