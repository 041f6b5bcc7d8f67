package io.berth.bgp.codec;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.message.Capability;
import io.berth.bgp.message.Capability.FourOctetAs;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Open;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;

/**
 * OPEN (RFC 4271 section 4.2), its optional parameters in both their forms (RFC 5492, RFC 9072).
 *
 * <pre>
 *  version 1 | My AS 2 | Hold Time 2 | BGP Identifier 4 | Opt Parm Len 1 | parameters
 *                            RFC 9072:                     255 | 255 | length 2 | parameters with lengths of 2
 * </pre>
 */
final class OpenCodec {

    private static final int CAPABILITIES = 2;
    private static final int EXTENDED = 255;
    private static final int MAX_PARAMETERS = 255;

    private OpenCodec() {}

    static Open decode(WireReader body) {
        try {
            return fields(body);
        } catch (BadValue e) {
            throw MalformedMessage.of(NotificationCode.OPEN_MESSAGE_ERROR, "OPEN: " + e.detail());
        }
    }

    private static Open fields(WireReader body) {
        int version = body.u8();
        if (version != Open.VERSION) {
            throw MalformedMessage.of(
                    NotificationCode.UNSUPPORTED_VERSION_NUMBER, "BGP version " + version, (byte) 0, (byte)
                            Open.VERSION);
        }
        int myAs = body.u16();
        int holdTime = body.u16();
        int identifier = body.s32();
        List<Capability> capabilities = parameters(body);
        if (!HoldTime.isAcceptable(holdTime)) {
            throw MalformedMessage.of(
                    NotificationCode.UNACCEPTABLE_HOLD_TIME,
                    "hold time of " + holdTime + " s",
                    (byte) (holdTime >> 8),
                    (byte) holdTime);
        }
        if (identifier == 0) {
            throw MalformedMessage.of(NotificationCode.BAD_BGP_IDENTIFIER, "BGP Identifier 0.0.0.0");
        }
        return new Open(as(myAs, capabilities), new HoldTime(holdTime), new BgpIdentifier(identifier), capabilities);
    }

    /** The capability's number is the peer's AS; the two-octet field only says so where there is no capability. */
    private static Asn as(int myAs, List<Capability> capabilities) {
        for (Capability capability : capabilities) {
            if (capability instanceof FourOctetAs(Asn as)) {
                return as;
            }
        }
        if (myAs == 0) {
            throw MalformedMessage.of(NotificationCode.BAD_PEER_AS, "AS 0");
        }
        return new Asn(myAs);
    }

    private static List<Capability> parameters(WireReader body) {
        int length = body.u8();
        if (length == 0 && !body.hasMore()) {
            return List.of();
        }
        // RFC 9072 section 2: the type octet decides, the length octet only has to be something other than zero.
        if (length != 0 && body.copy().u8() == EXTENDED) {
            body.u8();
            return parameters(whole(body, body.u16()), ParameterLength.TWO_OCTETS);
        }
        return parameters(whole(body, length), ParameterLength.ONE_OCTET);
    }

    private enum ParameterLength {
        ONE_OCTET,
        TWO_OCTETS
    }

    private static WireReader whole(WireReader body, int length) {
        if (length != body.left()) {
            throw MalformedMessage.of(
                    NotificationCode.OPEN_MESSAGE_ERROR,
                    "optional parameters of " + length + " octets where " + body.left() + " follow");
        }
        return body.part(length);
    }

    private static List<Capability> parameters(WireReader parameters, ParameterLength width) {
        List<Capability> capabilities = new ArrayList<>();
        while (parameters.hasMore()) {
            int type = parameters.u8();
            int length = width == ParameterLength.ONE_OCTET ? parameters.u8() : parameters.u16();
            WireReader value = parameters.part(length);
            if (type != CAPABILITIES) {
                throw MalformedMessage.of(
                        NotificationCode.UNSUPPORTED_OPTIONAL_PARAMETER, "optional parameter of type " + type);
            }
            capabilities.addAll(CapabilityCodec.decodeAll(value));
        }
        return capabilities;
    }

    /** Everything behind the header. All capabilities stand in one parameter, which the oldest peers take as well. */
    static void encode(Open open, ByteBuf out) {
        out.writeByte(Open.VERSION);
        out.writeShort(open.as().twoOctets());
        out.writeShort(open.holdTime().seconds());
        out.writeInt(open.identifier().value());
        ByteBuf capabilities = Unpooled.buffer();
        open.capabilities().forEach(capability -> CapabilityCodec.encode(capability, capabilities));
        int length = capabilities.readableBytes();
        if (length == 0) {
            out.writeByte(0);
        } else if (length + 2 <= MAX_PARAMETERS) {
            out.writeByte(length + 2).writeByte(CAPABILITIES).writeByte(length).writeBytes(capabilities);
        } else {
            out.writeByte(EXTENDED).writeByte(EXTENDED).writeShort(length + 3);
            out.writeByte(CAPABILITIES).writeShort(length).writeBytes(capabilities);
        }
    }
}
