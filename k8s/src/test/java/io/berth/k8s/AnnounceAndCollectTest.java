package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One process announces what it is told, another one hears it. */
class AnnounceAndCollectTest {

    private final RunningBerth collector = RunningBerth.start(
            "collect", "--listen", "127.0.0.1:0", "--local-as", "64513", "--router-id", "10.0.0.2", "-o", "json");
    private final String collectorAddress = collector.awaitErr("listening on").replace("listening on ", "");
    private final RunningBerth announcer = RunningBerth.start(
            "announce",
            "--local-as",
            "64512",
            "--peer-as",
            "64513",
            "--peer",
            collectorAddress,
            "--router-id",
            "10.0.0.1",
            "-o",
            "json");

    @AfterEach
    void end() {
        announcer.close();
        collector.close();
    }

    @Test
    void announcementsReachTheCollectorWithAllTheySay() {
        announcer.type("announce 203.0.113.7/32 next-hop 192.0.2.1 med 10 origin egp as-path \"64999\" "
                + "community 64512:100 no-export large-community 64512:1:2");

        assertThat(collector.awaitOut("announce"))
                .contains("\"prefix\":\"203.0.113.7/32\",\"nextHop\":\"192.0.2.1\",\"asPath\":\"64512"
                        + " 64999\",\"origin\":\"egp\",\"med\":10,\"communities\":[\"64512:100\",\"65535:65281\"],"
                        + "\"largeCommunities\":[\"64512:1:2\"]}");
    }

    @Test
    void flushIsAnsweredWithWhatItFlushed() {
        announcer.awaitOut("Established");

        announcer.type("announce 203.0.113.7/32", "announce 203.0.113.8/32", "withdraw 203.0.113.7/32", "flush");
        announcer.awaitOut("flushed 3");
        announcer.type("# nothing", "flush");
        announcer.awaitOut("flushed 0");

        collector.awaitOut("203.0.113.8/32");
    }

    @Test
    void lineThatDoesNotParseChangesNothingAndIsAnsweredByItsNumber() {
        announcer.type("announce 203.0.113.7/32", "# a comment", "anounce 203.0.113.8/32", "announce 203.0.113.9/32");

        assertThat(announcer.awaitErr("error:"))
                .isEqualTo("error: line 3: a line is announce, withdraw or flush, got 'anounce'");
        collector.awaitOut("203.0.113.9/32");
        assertThat(collector.out()).noneMatch(line -> line.contains("203.0.113.8/32"));
    }

    @Test
    void statesOfTheSessionAreToldOneALine() {
        assertThat(announcer.awaitOut("Established"))
                .startsWith("{\"peer\":\"" + collectorAddress + "\",\"state\":\"Established\",\"at\":\"");
        collector.awaitOut("\"type\":\"state\",\"state\":\"Established\"");
        collector.awaitOut("\"type\":\"eor\",\"family\":\"ipv4\"");
    }

    @Test
    void endOfInputIsNotTheEndButTerminationIsWithAGoodbyeAndStatus0() {
        announcer.type("announce 203.0.113.7/32");
        announcer.endInput();
        collector.awaitOut("announce");

        assertThat(announcer.terminate()).isZero();

        collector.awaitOut("Cease/Administrative Shutdown");
        collector.awaitOut("\"type\":\"withdraw\",\"prefix\":\"203.0.113.7/32\"");
        assertThat(collector.terminate()).isZero();
    }

    @Test
    void lossOfASessionWithoutAWordWithdrawsItsRoutes() {
        announcer.type("announce 203.0.113.7/32");
        collector.awaitOut("announce");

        announcer.kill();

        collector.awaitOut("\"type\":\"withdraw\",\"prefix\":\"203.0.113.7/32\"");
    }

    @Test
    void peopleGetAWordForEachStateAndATableInTheEnd() {
        try (RunningBerth forPeople = RunningBerth.start("collect", "--listen", "127.0.0.1:0", "--local-as", "64513");
                RunningBerth speaking = RunningBerth.start(
                        "announce",
                        "--local-as",
                        "64512",
                        "--peer-as",
                        "64513",
                        "--peer",
                        forPeople.awaitErr("listening on").replace("listening on ", ""))) {
            speaking.type("announce 203.0.113.7/32 community no-export");
            forPeople.awaitOut("+ 203.0.113.7/32 via 127.0.0.1 path 64512 communities 65535:65281 from 127.0.0.1:");
            assertThat(speaking.awaitOut("Established")).endsWith("is Established");

            assertThat(forPeople.terminate()).isZero();

            assertThat(forPeople.awaitOut("PREFIX")).matches("PREFIX +NEXT HOP +FROM +ATTRIBUTES");
            forPeople.awaitOut("path 64512 communities 65535:65281");
        }
    }
}
