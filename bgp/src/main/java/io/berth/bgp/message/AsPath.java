package io.berth.bgp.message;

import io.berth.bgp.Asn;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** AS_PATH (RFC 4271 section 4.3) as its segments, in the order of the wire. */
public record AsPath(List<Segment> segments) {

    /** The path of a route that has not left its AS. */
    public static final AsPath EMPTY = new AsPath(List.of());

    public AsPath {
        segments = List.copyOf(segments);
    }

    /** One AS_SEQUENCE of these numbers, or the empty path. */
    public static AsPath sequence(List<Asn> numbers) {
        return numbers.isEmpty() ? EMPTY : new AsPath(List.of(new Segment(SegmentType.AS_SEQUENCE, numbers)));
    }

    /** Reads AS numbers with blanks between them, such as {@code 64512 64513}: one AS_SEQUENCE, or the empty path. */
    public static AsPath parse(String text) {
        return sequence(
                text.isBlank()
                        ? List.of()
                        : Stream.of(text.strip().split("\\s+")).map(Asn::parse).toList());
    }

    /** Every number of every segment, in order. */
    public List<Asn> numbers() {
        return segments.stream().flatMap(segment -> segment.numbers().stream()).toList();
    }

    @Override
    public String toString() {
        return segments.stream().map(Segment::toString).collect(Collectors.joining(" "));
    }

    /** One segment; an AS_SET is printed in braces, a confederation's segment in parentheses. */
    public record Segment(SegmentType type, List<Asn> numbers) {

        public Segment {
            numbers = List.copyOf(numbers);
        }

        @Override
        public String toString() {
            String joined = numbers.stream().map(Asn::toString).collect(Collectors.joining(" "));
            return switch (type) {
                case AS_SEQUENCE -> joined;
                case AS_SET -> "{" + joined + "}";
                case AS_CONFED_SEQUENCE, AS_CONFED_SET -> "(" + joined + ")";
            };
        }
    }

    /** The segment types (RFC 4271 section 4.3, RFC 5065 section 3). */
    public enum SegmentType {
        AS_SET(1),
        AS_SEQUENCE(2),
        AS_CONFED_SEQUENCE(3),
        AS_CONFED_SET(4);

        private final int code;

        SegmentType(int code) {
            this.code = code;
        }

        /** The value on the wire. */
        public int code() {
            return code;
        }
    }
}
