package io.berth.bgp.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.berth.bgp.Asn;
import io.berth.bgp.message.AsPath.Segment;
import io.berth.bgp.message.AsPath.SegmentType;
import io.berth.bgp.message.AttributeType.Treatment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathAttributeTest {

    /** RFC 7606 section 7 and the definitions of the attributes, pinned row by row. */
    @ParameterizedTest
    @CsvSource({
        "1, ORIGIN, 40, TREAT_AS_WITHDRAW",
        "2, AS_PATH, 40, TREAT_AS_WITHDRAW",
        "3, NEXT_HOP, 40, TREAT_AS_WITHDRAW",
        "4, MULTI_EXIT_DISC, 80, TREAT_AS_WITHDRAW",
        "5, LOCAL_PREF, 40, TREAT_AS_WITHDRAW",
        "6, ATOMIC_AGGREGATE, 40, DISCARD",
        "7, AGGREGATOR, c0, DISCARD",
        "8, COMMUNITIES, c0, TREAT_AS_WITHDRAW",
        "9, ORIGINATOR_ID, 80, TREAT_AS_WITHDRAW",
        "10, CLUSTER_LIST, 80, TREAT_AS_WITHDRAW",
        "14, MP_REACH_NLRI, 80, RESET",
        "15, MP_UNREACH_NLRI, 80, RESET",
        "16, EXTENDED_COMMUNITIES, c0, TREAT_AS_WITHDRAW",
        "17, AS4_PATH, c0, DISCARD",
        "18, AS4_AGGREGATOR, c0, DISCARD",
        "32, LARGE_COMMUNITIES, c0, TREAT_AS_WITHDRAW"
    })
    void eachAttributeHasItsRow(int code, AttributeType type, String flags, Treatment treatment) {
        assertThat(AttributeType.of(code)).isEqualTo(type);
        assertThat(Integer.toHexString(type.flags())).isEqualTo(flags);
        assertThat(type.treatment()).isEqualTo(treatment);
    }

    @ParameterizedTest
    @EnumSource
    void partialExtendedLengthAndReservedBitsAreNeverAnError(AttributeType type) {
        assertThat(type.allows(type.flags() | 0x3F)).isTrue();
        assertThat(type.allows(type.flags() ^ 0x80)).isFalse();
        assertThat(type.allows(type.flags() ^ 0x40)).isFalse();
    }

    @Test
    void aCodeWithoutARowIsNotKnown() {
        assertThat(AttributeType.isKnown(99)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> AttributeType.of(99));
    }

    @Test
    void anUnknownAttributeIsOptionalAndHasNoRow() {
        assertThat(new PathAttribute.Unknown(99, 0xC0, Octets.NONE).code()).isEqualTo(99);
        assertThatIllegalArgumentException().isThrownBy(() -> new PathAttribute.Unknown(99, 0x40, Octets.NONE));
        assertThatIllegalArgumentException().isThrownBy(() -> new PathAttribute.Unknown(14, 0x80, Octets.NONE));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 4_294_967_296L})
    void numbersThatDoNotFitIntoFourOctetsAreRefused(long value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PathAttribute.LocalPref(value))
                .withMessage("LOCAL_PREF must be 0 to 4294967295, got " + value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PathAttribute.MultiExitDisc(value))
                .withMessage("MULTI_EXIT_DISC must be 0 to 4294967295, got " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64512", "64512 64513 4200000000"})
    void whatIsPrintedOfAnAsPathIsReadAgain(String text) {
        assertThat(AsPath.parse(text)).hasToString(text);
    }

    @Test
    void setsAndConfederationsArePrintedInTheirBrackets() {
        var path = new AsPath(List.of(
                new Segment(SegmentType.AS_CONFED_SEQUENCE, List.of(new Asn(65001))),
                new Segment(SegmentType.AS_SEQUENCE, List.of(new Asn(1), new Asn(2))),
                new Segment(SegmentType.AS_SET, List.of(new Asn(3), new Asn(4)))));

        assertThat(path).hasToString("(65001) 1 2 {3 4}");
        assertThat(path.numbers()).extracting(Asn::value).containsExactly(65001L, 1L, 2L, 3L, 4L);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsPrintedOfAnOriginIsReadAgain(Origin origin) {
        assertThat(Origin.parse(origin.toString())).isEqualTo(origin);
    }

    @Test
    void whatIsNoOriginIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Origin.parse("IGP"))
                .withMessage("origin must be igp, egp or incomplete, got 'IGP'");
    }
}
