package io.berth.bgp.codec;

import io.berth.bgp.Asn;
import io.berth.bgp.message.Capability;
import io.berth.bgp.message.Capability.EnhancedRouteRefresh;
import io.berth.bgp.message.Capability.ExtendedMessage;
import io.berth.bgp.message.Capability.ExtendedNextHop;
import io.berth.bgp.message.Capability.Forwarding;
import io.berth.bgp.message.Capability.FourOctetAs;
import io.berth.bgp.message.Capability.Fqdn;
import io.berth.bgp.message.Capability.GracefulRestart;
import io.berth.bgp.message.Capability.Multiprotocol;
import io.berth.bgp.message.Capability.RestartFamily;
import io.berth.bgp.message.Capability.RestartFlag;
import io.berth.bgp.message.Capability.RouteRefreshing;
import io.berth.bgp.message.Capability.SoftwareVersion;
import io.berth.bgp.message.Capability.Unknown;
import io.berth.bgp.message.NotificationCode;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Capabilities (RFC 5492 section 4).
 *
 * <pre>
 *  +------------------------------+
 *  | Capability Code (1 octet)    |
 *  | Capability Length (1 octet)  |
 *  | Capability Value (variable)  |
 *  +------------------------------+
 * </pre>
 *
 * A value that does not have the shape of its code is kept as unknown: a session is not worth losing over it.
 */
final class CapabilityCodec {

    static final int MULTIPROTOCOL = 1;
    static final int ROUTE_REFRESH = 2;
    static final int EXTENDED_NEXT_HOP = 5;
    static final int EXTENDED_MESSAGE = 6;
    static final int GRACEFUL_RESTART = 64;
    static final int FOUR_OCTET_AS = 65;
    static final int ENHANCED_ROUTE_REFRESH = 70;
    static final int FQDN = 73;
    static final int SOFTWARE_VERSION = 75;

    private static final int RESTARTED_BIT = 0x8;
    private static final int NOTIFICATION_BIT = 0x4;
    private static final int FORWARDING_BIT = 0x80;
    private static final int MAX_LABEL = 64;

    private CapabilityCodec() {}

    /** Reads every capability of one optional parameter. */
    static List<Capability> decodeAll(WireReader parameter) {
        List<Capability> capabilities = new ArrayList<>();
        while (parameter.hasMore()) {
            int code = parameter.u8();
            WireReader value = parameter.part(parameter.u8());
            capabilities.add(decode(code, value));
        }
        return capabilities;
    }

    private static Capability decode(int code, WireReader value) {
        WireReader untouched = value.copy();
        try {
            Capability capability = known(code, value);
            return value.hasMore() ? new Unknown(code, untouched.rest()) : capability;
        } catch (BadValue e) {
            return new Unknown(code, untouched.rest());
        }
    }

    private static Capability known(int code, WireReader value) {
        return switch (code) {
            case MULTIPROTOCOL -> multiprotocol(value);
            case ROUTE_REFRESH -> new RouteRefreshing();
            case EXTENDED_NEXT_HOP -> extendedNextHop(value);
            case EXTENDED_MESSAGE -> new ExtendedMessage();
            case GRACEFUL_RESTART -> gracefulRestart(value);
            case FOUR_OCTET_AS -> fourOctetAs(value);
            case ENHANCED_ROUTE_REFRESH -> new EnhancedRouteRefresh();
            case FQDN -> new Fqdn(label(value), label(value));
            case SOFTWARE_VERSION -> new SoftwareVersion(label(value));
            default -> new Unknown(code, value.rest());
        };
    }

    private static Capability multiprotocol(WireReader value) {
        int afi = value.u16();
        value.u8(); // reserved, to be ignored
        return new Multiprotocol(afi, value.u8());
    }

    /** SAFI has two octets here (RFC 8950 section 4). */
    private static Capability extendedNextHop(WireReader value) {
        List<ExtendedNextHop.Encoding> encodings = new ArrayList<>();
        while (value.hasMore()) {
            encodings.add(new ExtendedNextHop.Encoding(value.u16(), value.u16(), value.u16()));
        }
        return new ExtendedNextHop(encodings);
    }

    /** An AS of 0 is no AS at all (RFC 7607); the OPEN is refused for it, which cannot be said from here. */
    private static Capability fourOctetAs(WireReader value) {
        long number = value.u32();
        if (number == 0) {
            throw MalformedMessage.of(NotificationCode.BAD_PEER_AS, "AS 0 in the four-octet AS capability");
        }
        return new FourOctetAs(new Asn(number));
    }

    private static Capability gracefulRestart(WireReader value) {
        int head = value.u16();
        List<RestartFamily> families = new ArrayList<>();
        while (value.hasMore()) {
            families.add(new RestartFamily(value.u16(), value.u8(), forwarding(value.u8())));
        }
        return new GracefulRestart(restartFlags(head >> 12), head & 0xFFF, families);
    }

    private static Set<RestartFlag> restartFlags(int bits) {
        Set<RestartFlag> flags = EnumSet.noneOf(RestartFlag.class);
        if ((bits & RESTARTED_BIT) != 0) {
            flags.add(RestartFlag.RESTARTED);
        }
        if ((bits & NOTIFICATION_BIT) != 0) {
            flags.add(RestartFlag.NOTIFICATION);
        }
        return flags;
    }

    private static Forwarding forwarding(int bits) {
        return (bits & FORWARDING_BIT) != 0 ? Forwarding.PRESERVED : Forwarding.NOT_PRESERVED;
    }

    private static String label(WireReader value) {
        return new String(value.octets(value.u8()).toArray(), StandardCharsets.UTF_8);
    }

    static void encode(Capability capability, ByteBuf out) {
        out.writeByte(code(capability));
        int lengthAt = out.writerIndex();
        out.writeByte(0);
        encodeValue(capability, out);
        out.setByte(lengthAt, out.writerIndex() - lengthAt - 1);
    }

    private static int code(Capability capability) {
        return switch (capability) {
            case Multiprotocol _ -> MULTIPROTOCOL;
            case RouteRefreshing _ -> ROUTE_REFRESH;
            case ExtendedNextHop _ -> EXTENDED_NEXT_HOP;
            case ExtendedMessage _ -> EXTENDED_MESSAGE;
            case GracefulRestart _ -> GRACEFUL_RESTART;
            case FourOctetAs _ -> FOUR_OCTET_AS;
            case EnhancedRouteRefresh _ -> ENHANCED_ROUTE_REFRESH;
            case Fqdn _ -> FQDN;
            case SoftwareVersion _ -> SOFTWARE_VERSION;
            case Unknown unknown -> unknown.code();
        };
    }

    private static void encodeValue(Capability capability, ByteBuf out) {
        switch (capability) {
            case Multiprotocol multiprotocol ->
                out.writeShort(multiprotocol.afi()).writeByte(0).writeByte(multiprotocol.safi());
            case FourOctetAs fourOctetAs -> out.writeInt((int) fourOctetAs.as().value());
            case ExtendedNextHop(List<ExtendedNextHop.Encoding> encodings) ->
                encodings.forEach(encoding -> out.writeShort(encoding.afi())
                        .writeShort(encoding.safi())
                        .writeShort(encoding.nextHopAfi()));
            case GracefulRestart restart -> encodeGracefulRestart(restart, out);
            case Fqdn fqdn -> {
                writeLabel(fqdn.host(), out);
                writeLabel(fqdn.domain(), out);
            }
            case SoftwareVersion(String text) -> writeLabel(text, out);
            case Unknown unknown -> out.writeBytes(unknown.value().toArray());
            case RouteRefreshing _, ExtendedMessage _, EnhancedRouteRefresh _ -> {
                // Their being there is all they say.
            }
        }
    }

    private static void encodeGracefulRestart(GracefulRestart restart, ByteBuf out) {
        int flags = (restart.flags().contains(RestartFlag.RESTARTED) ? RESTARTED_BIT : 0)
                | (restart.flags().contains(RestartFlag.NOTIFICATION) ? NOTIFICATION_BIT : 0);
        out.writeShort(flags << 12 | restart.restartSeconds());
        for (RestartFamily family : restart.families()) {
            out.writeShort(family.afi()).writeByte(family.safi());
            out.writeByte(family.forwarding() == Forwarding.PRESERVED ? FORWARDING_BIT : 0);
        }
    }

    /** What is too long is cut where a character ends. */
    private static void writeLabel(String text, ByteBuf out) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, MAX_LABEL);
        while (length < octets.length && isInsideOfCharacter(octets[length])) {
            length--;
        }
        out.writeByte(length).writeBytes(octets, 0, length);
    }

    /** The octets of UTF-8 that begin no character are 10xxxxxx. */
    private static boolean isInsideOfCharacter(byte octet) {
        return (octet & 0xC0) == 0x80;
    }
}
