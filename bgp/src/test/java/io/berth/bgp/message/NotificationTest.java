package io.berth.bgp.message;

import static io.berth.bgp.message.NotificationCode.ADMINISTRATIVE_RESET;
import static io.berth.bgp.message.NotificationCode.ADMINISTRATIVE_SHUTDOWN;
import static io.berth.bgp.message.NotificationCode.HARD_RESET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotificationTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1, Message Header Error/Connection Not Synchronized (1/1)",
        "2, 2, OPEN Message Error/Bad Peer AS (2/2)",
        "2, 0, OPEN Message Error (2/0)",
        "3, 11, UPDATE Message Error/Malformed AS_PATH (3/11)",
        "4, 0, Hold Timer Expired (4/0)",
        "5, 1, Finite State Machine Error/Receive Unexpected Message in OpenSent State (5/1)",
        "6, 2, Cease/Administrative Shutdown (6/2)",
        "6, 99, Cease (6/99)",
        "7, 1, ROUTE-REFRESH Message Error/Invalid Message Length (7/1)",
        "8, 0, Send Hold Timer Expired (8/0)",
        "99, 1, Unknown Error (99/1)"
    })
    void codesAreDescribedInTheWordsOfTheRegistry(int code, int subcode, String words) {
        assertThat(new Notification(code, subcode, Octets.NONE).describe()).isEqualTo(words);
    }

    @Test
    void theOperatorsTextIsPartOfTheDescription() {
        assertThat(Notification.shutdown(ADMINISTRATIVE_SHUTDOWN, "line card swap, back at 14:00")
                        .describe())
                .isEqualTo("Cease/Administrative Shutdown (6/2), saying \"line card swap, back at 14:00\"");
    }

    @Test
    void theShutdownCommunicationIsItsLengthAndItsUtf8() {
        Notification notification = Notification.shutdown(ADMINISTRATIVE_RESET, "grüß");

        assertThat(notification.code()).isEqualTo(6);
        assertThat(notification.subcode()).isEqualTo(4);
        assertThat(notification.data()).hasToString("06" + "6772c3bcc39f");
        assertThat(notification.communication()).isEqualTo("grüß");
    }

    /** Peers that know RFC 8203 only take 128 octets. */
    @Test
    void aLongTextIsCutBetweenCharacters() {
        Notification notification = Notification.shutdown(ADMINISTRATIVE_SHUTDOWN, "x" + "ü".repeat(200));

        assertThat(notification.data().at(0)).isEqualTo(127);
        assertThat(notification.data().length()).isEqualTo(128);
        assertThat(notification.communication()).isEqualTo("x" + "ü".repeat(63));
    }

    @Test
    void aTextCannotWriteLinesColoursOrQuotesIntoTheLog() {
        assertThat(received("a\nb\u001b[31mc\"d\\e\u202ef\u2028g").communication())
                .isEqualTo("a\\u{a}b\\u{1b}[31mc\\\"d\\\\e\\u{202e}f\\u{2028}g");
    }

    @Test
    void octetsThatAreNoUtf8AreShownAsReplaced() {
        assertThat(Notification.of(ADMINISTRATIVE_SHUTDOWN, (byte) 2, (byte) 0xC3, (byte) 'x')
                        .communication())
                .isEqualTo("\uFFFDx");
    }

    /** CVE-2019-16159 was a length that was believed. */
    @Test
    void aLengthThatLiesMakesNoText() {
        assertThat(Notification.of(ADMINISTRATIVE_SHUTDOWN, (byte) 200, (byte) 'x')
                        .communication())
                .isEmpty();
        assertThat(Notification.of(ADMINISTRATIVE_SHUTDOWN).communication()).isEmpty();
        assertThat(Notification.of(ADMINISTRATIVE_SHUTDOWN, (byte) 0).communication())
                .isEmpty();
    }

    @Test
    void onlyShutdownAndResetCarryText() {
        assertThat(Notification.of(NotificationCode.CONNECTION_REJECTED, (byte) 1, (byte) 'x')
                        .communication())
                .isEmpty();
    }

    @Test
    void aHardResetTellsItsRealReason() {
        assertThat(Notification.of(HARD_RESET, (byte) 6, (byte) 2, (byte) 1, (byte) 'x')
                        .describe())
                .isEqualTo("Cease/Hard Reset (6/9): Cease/Administrative Shutdown (6/2), saying \"x\"");
        assertThat(Notification.of(HARD_RESET, (byte) 6).describe()).isEqualTo("Cease/Hard Reset (6/9)");
        assertThat(Notification.of(HARD_RESET, (byte) 6, (byte) 9, (byte) 6, (byte) 9)
                        .describe())
                .isEqualTo("Cease/Hard Reset (6/9)");
    }

    @Test
    void codesAreOctets() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Notification(256, 0, Octets.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new Notification(6, -1, Octets.NONE));
    }

    private static Notification received(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        byte[] data = new byte[octets.length + 1];
        data[0] = (byte) octets.length;
        System.arraycopy(octets, 0, data, 1, octets.length);
        return Notification.of(ADMINISTRATIVE_SHUTDOWN, data);
    }
}
