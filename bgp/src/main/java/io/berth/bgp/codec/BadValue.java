package io.berth.bgp.codec;

/**
 * Octets that are not what they should be. Thrown where they are read, caught where it is known what that means for the
 * message; it never leaves the codec.
 */
final class BadValue extends RuntimeException {

    BadValue(String detail) {
        super(detail, null, false, false);
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
