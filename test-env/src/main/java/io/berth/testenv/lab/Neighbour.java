package io.berth.testenv.lab;

import inet.ipaddr.IPAddressString;
import java.net.InetAddress;
import java.time.Duration;

/**
 * A neighbour as a router has it configured. With the router's own AS number the session is iBGP.
 *
 * @param address the neighbour's end of the session
 * @param asn the neighbour's AS number
 * @param connection who dials
 * @param holdTime what the router proposes; whole seconds. It sends KEEPALIVEs at a third of it.
 */
public record Neighbour(InetAddress address, long asn, Connection connection, Duration holdTime) {

    /** Who opens the TCP connection. */
    public sealed interface Connection {

        /** The neighbour does; the router only listens. */
        record Awaited() implements Connection {}

        /** The router dials this port of the neighbour, and takes connections from it as well. */
        record Dialled(int port) implements Connection {}
    }

    private static final Duration USUAL_HOLD_TIME = Duration.ofSeconds(90);

    /** A neighbour that dials the router. */
    public static Neighbour awaited(InetAddress address, long asn) {
        return new Neighbour(address, asn, new Connection.Awaited(), USUAL_HOLD_TIME);
    }

    /** A neighbour that the router dials, and dials again every second. */
    public static Neighbour dialled(InetAddress address, int port, long asn) {
        return new Neighbour(address, asn, new Connection.Dialled(port), USUAL_HOLD_TIME);
    }

    /** The address as routers print it (RFC 5952). */
    static String text(InetAddress address) {
        return new IPAddressString(address.getHostAddress()).getAddress().toCanonicalString();
    }

    String addressText() {
        return text(address);
    }

    public Neighbour withHoldTime(Duration proposed) {
        return new Neighbour(address, asn, connection, proposed);
    }
}
