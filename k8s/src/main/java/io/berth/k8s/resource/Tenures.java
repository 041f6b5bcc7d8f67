package io.berth.k8s.resource;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.ServiceKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The tenures of one pool as the text of an annotation, an entry each: "10.0.1.3 team-a/web" for one that lasts, and
 * "10.0.1.4 team-a/api 2026-01-31T12:00:00Z" for one that has ended and until when the address is kept, and "10.0.1.5 team-a/db =4711"
 * for one that is promised, with the service's resourceVersion; commas between them. In front of them may stand who wrote them:
 * "by k3x.17".
 *
 * <p>An object can carry 256 KiB of annotations. Where a pool has more to say, tenures that last are left out first, then those
 * whose addresses come free soonest.
 */
public final class Tenures {

    /** Leaves room for the annotations of others. */
    static final int MOST_CHARACTERS = 200_000;

    private static final String PROMISE = "=";
    private static final String BY = "by ";
    private static final String BETWEEN = ", ";

    private static final Comparator<Tenure> MOST_PRESSING = Comparator.comparing(
                    Tenures::end, Comparator.reverseOrder())
            .thenComparing(Tenure::address)
            .thenComparing(Tenure::service);

    private static final Comparator<Tenure> BY_ADDRESS =
            Comparator.comparing(Tenure::address).thenComparing(Tenure::service).thenComparing(Tenures::entry);

    private Tenures() {}

    /** Promises go before those that have ended, and these before those that last. */
    private static Instant end(Tenure tenure) {
        return switch (tenure) {
            case Tenure.Promised _ -> Instant.MAX;
            case Tenure.Released released -> released.until();
            case Tenure.Current _ -> Instant.MIN;
        };
    }

    /** The text; empty where there is nothing to say. */
    public static String text(List<Tenure> tenures) {
        List<Tenure> said = new ArrayList<>();
        int length = 0;
        for (Tenure tenure : tenures.stream().sorted(MOST_PRESSING).toList()) {
            length += entry(tenure).length() + 2;
            if (length > MOST_CHARACTERS) {
                break;
            }
            said.add(tenure);
        }
        said.sort(BY_ADDRESS);
        return String.join(BETWEEN, said.stream().map(Tenures::entry).toList());
    }

    private static String entry(Tenure tenure) {
        String whose = tenure.address() + " " + tenure.service();
        return switch (tenure) {
            case Tenure.Current _ -> whose;
            case Tenure.Promised promised -> whose + " " + PROMISE + promised.version();
            // In whole seconds, and never sooner than was promised.
            case Tenure.Released released ->
                whose + " " + released.until().plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        };
    }

    /** The text with a signature in front. */
    public static String signed(String signature, String entries) {
        return BY + signature + (entries.isEmpty() ? "" : BETWEEN + entries);
    }

    /** Who wrote a text; empty where it is not signed. */
    public static String signature(String text) {
        return text.startsWith(BY) ? text.substring(BY.length(), endOfSignature(text)) : "";
    }

    /** A text without its signature. */
    public static String entries(String text) {
        if (!text.startsWith(BY)) {
            return text;
        }
        return text.substring(Math.min(text.length(), endOfSignature(text) + BETWEEN.length()));
    }

    private static int endOfSignature(String text) {
        int end = text.indexOf(BETWEEN);
        return end < 0 ? text.length() : end;
    }

    /** What a text says; entries that nobody here wrote are passed over. */
    public static List<Tenure> parse(String text) {
        return Stream.of(text.split(","))
                .flatMap(entry -> tenure(entry.strip()))
                .toList();
    }

    private static Stream<Tenure> tenure(String entry) {
        String[] words = entry.split(" ");
        if (words.length < 2 || words.length > 3) {
            return Stream.empty();
        }
        try {
            Address address = Address.of(AddressRange.parseAddress(words[0]));
            ServiceKey service = ServiceKey.parse(words[1]);
            if (words.length == 2) {
                return Stream.of(new Tenure.Current(service, address));
            }
            return Stream.of(
                    words[2].startsWith(PROMISE)
                            ? new Tenure.Promised(service, address, words[2].substring(PROMISE.length()))
                            : new Tenure.Released(service, address, Instant.parse(words[2])));
        } catch (IllegalArgumentException | DateTimeException e) {
            return Stream.empty();
        }
    }
}
