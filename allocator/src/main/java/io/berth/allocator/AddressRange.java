package io.berth.allocator;

import inet.ipaddr.AddressStringParameters;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import java.net.InetAddress;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One entry of a pool's {@code addresses}: a CIDR or {@code first-last}.
 *
 * @param text as written
 * @param first the lowest address
 * @param last the highest address, of the same family, not below the first
 * @param hostBits whether the text is a CIDR whose address is not the first of its block
 */
public record AddressRange(String text, Address first, Address last, HostBits hostBits) {

    /** Whether a CIDR was written with an address inside of its block; the block is meant all the same. */
    public enum HostBits {
        CLEAR,
        SET
    }

    /** The library takes far more for an address than Kubernetes does: masks, wildcards, inet_aton, zones. None of it here. */
    private static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
            .allowEmpty(false)
            .allowAll(false)
            .allowSingleSegment(false)
            .allowWildcardedSeparator(false)
            .allowMask(false)
            .setRangeOptions(AddressStringParameters.RangeParameters.NO_RANGE)
            .getIPv4AddressParametersBuilder()
            .allow_inet_aton(false)
            .getParentBuilder()
            .getIPv6AddressParametersBuilder()
            .allowZone(false)
            .getParentBuilder()
            .toParams();

    /** Leading zeros and blanks pass even the strict parser: 010.0.0.1 would be octal to one reader and decimal to another. */
    private static final Pattern UNAMBIGUOUS =
            Pattern.compile("(?:(?!0[0-9])[0-9]{1,3}(?:\\.(?!0[0-9])[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)");

    /**
     * Reads a CIDR or a range; blanks may stand around the hyphen.
     *
     * @throws IllegalArgumentException with one line that names the text
     */
    public static AddressRange parse(String text) {
        String entry = text.strip();
        int hyphen = entry.indexOf('-');
        if (hyphen >= 0) {
            return range(
                    text,
                    entry.substring(0, hyphen).strip(),
                    entry.substring(hyphen + 1).strip());
        }
        int slash = entry.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException(
                    "must be a CIDR such as 10.0.1.0/28 or a range such as 10.0.1.1-10.0.1.9, got '" + text + "'");
        }
        return cidr(text, entry.substring(0, slash), entry.substring(slash + 1));
    }

    private static AddressRange range(String text, String from, String to) {
        Address first = address(text, from);
        Address last = address(text, to);
        if (first.family() != last.family()) {
            throw new IllegalArgumentException("range mixes IPv4 and IPv6, got '" + text + "'");
        }
        if (first.compareTo(last) > 0) {
            throw new IllegalArgumentException("range ends before it begins, got '" + text + "'");
        }
        return new AddressRange(text, first, last, HostBits.CLEAR);
    }

    private static AddressRange cidr(String text, String address, String length) {
        Address inside = address(text, address);
        int bits = inside.family() == Family.IPV4 ? 32 : 128;
        if (!length.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(length) > bits) {
            throw new IllegalArgumentException("prefix length must be 0 to " + bits + ", got '" + text + "'");
        }
        int prefixLength = Integer.parseInt(length);
        Address first = inside.firstOf(prefixLength);
        return new AddressRange(
                text, first, inside.lastOf(prefixLength), first.equals(inside) ? HostBits.CLEAR : HostBits.SET);
    }

    private static Address address(String text, String part) {
        if (!UNAMBIGUOUS.matcher(part).matches()) {
            throw new IllegalArgumentException("'" + part + "' is not an IP address, got '" + text + "'");
        }
        IPAddress parsed = new IPAddressString(part, STRICT).getAddress();
        if (parsed == null || parsed.isMultiple() || parsed.isPrefixed()) {
            throw new IllegalArgumentException("'" + part + "' is not an IP address, got '" + text + "'");
        }
        if (parsed.isIPv6() && parsed.toIPv6().isIPv4Mapped()) {
            throw new IllegalArgumentException("'" + part + "' is an IPv4 address written as IPv6, got '" + text + "'");
        }
        return Address.of(parsed.toInetAddress());
    }

    /** One address alone. */
    public static AddressRange single(Address address) {
        return part(address, address);
    }

    /** Reads one address, as strictly as the entries of a pool. */
    public static InetAddress parseAddress(String text) {
        return address(text, text.strip()).toInetAddress();
    }

    public Family family() {
        return first.family();
    }

    public boolean contains(Address address) {
        return address.family() == family() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    public boolean overlaps(AddressRange other) {
        return family() == other.family() && first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /** What is left of this range without the addresses of another: nothing, one range or two. */
    Stream<AddressRange> without(AddressRange hole) {
        if (!overlaps(hole)) {
            return Stream.of(this);
        }
        Stream<AddressRange> below =
                first.compareTo(hole.first) < 0 ? Stream.of(part(first, hole.first.previous())) : Stream.empty();
        Stream<AddressRange> above =
                hole.last.compareTo(last) < 0 ? Stream.of(part(hole.last.next(), last)) : Stream.empty();
        return Stream.concat(below, above);
    }

    private static AddressRange part(Address from, Address to) {
        return new AddressRange(from + "-" + to, from, to, HostBits.CLEAR);
    }

    @Override
    public String toString() {
        return text;
    }
}
