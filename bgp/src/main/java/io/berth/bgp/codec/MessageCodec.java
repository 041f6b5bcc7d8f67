package io.berth.bgp.codec;

import io.berth.bgp.message.Keepalive;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Octets;
import io.berth.bgp.message.Open;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.message.RouteRefresh.Subtype;
import io.berth.bgp.message.Update;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whole messages to values, and the small ones back.
 *
 * <pre>
 *  Marker: 16 octets of ones | Length 2, the header included | Type 1 | body     (RFC 4271 section 4.1)
 * </pre>
 */
public final class MessageCodec {

    /** Octets of a header. */
    public static final int HEADER = 19;

    static final int MARKER = 16;

    /** A NOTIFICATION fits into what every peer takes. */
    private static final int MAX_NOTIFICATION_DATA = Negotiated.STANDARD_MESSAGE - HEADER - 2;

    private static final int ROUTE_REFRESH_BODY = 4;

    private MessageCodec() {}

    /** One message as it was cut out of the stream: header checked, body not yet looked at. */
    public record Frame(Message.Type type, Octets body) {

        int length() {
            return HEADER + body.length();
        }
    }

    /**
     * Decodes a message.
     *
     * @param session what was negotiated; before that an UPDATE has no meaning and comes out empty, for the state machine to
     *     refuse
     * @throws MalformedMessage for whatever must end the session
     */
    public static Message decode(Frame frame, Optional<Negotiated> session) {
        var body = new WireReader(frame.body());
        return switch (frame.type()) {
            case OPEN -> OpenCodec.decode(body);
            case UPDATE ->
                session.map(negotiated -> UpdateDecoder.decode(body, negotiated))
                        .orElse(meaningless());
            case NOTIFICATION -> new Notification(body.u8(), body.u8(), body.rest());
            case KEEPALIVE -> new Keepalive();
            case ROUTE_REFRESH -> routeRefresh(frame, body);
        };
    }

    private static Update meaningless() {
        return new Update(List.of(), List.of(), List.of(), Set.of(), List.of());
    }

    private static RouteRefresh routeRefresh(Frame frame, WireReader body) {
        if (body.left() != ROUTE_REFRESH_BODY) {
            // RFC 7313 section 5: the data is the whole message.
            byte[] whole = new byte[frame.length()];
            Arrays.fill(whole, 0, MARKER, (byte) 0xFF);
            whole[MARKER] = (byte) (frame.length() >> 8);
            whole[MARKER + 1] = (byte) frame.length();
            whole[MARKER + 2] = (byte) Message.Type.ROUTE_REFRESH.code();
            System.arraycopy(
                    frame.body().toArray(), 0, whole, HEADER, frame.body().length());
            throw MalformedMessage.of(
                    NotificationCode.ROUTE_REFRESH_MESSAGE_ERROR,
                    "ROUTE-REFRESH of " + frame.length() + " octets",
                    whole);
        }
        int afi = body.u16();
        int subtype = body.u8();
        return new RouteRefresh(afi, body.u8(), subtype(subtype));
    }

    private static Subtype subtype(int code) {
        for (Subtype subtype : Subtype.values()) {
            if (subtype.code() == code) {
                return subtype;
            }
        }
        return Subtype.UNKNOWN;
    }

    /** Writes any message but an UPDATE, which {@link UpdateWriter} packs. */
    public static void encode(Message message, ByteBuf out) {
        int start = begin(message.type(), out);
        switch (message) {
            case Open open -> OpenCodec.encode(open, out);
            case Notification notification -> {
                out.writeByte(notification.code()).writeByte(notification.subcode());
                Octets data = notification.data().first(MAX_NOTIFICATION_DATA);
                out.writeBytes(data.toArray());
            }
            case Keepalive _ -> {
                // The header is all.
            }
            case RouteRefresh refresh ->
                out.writeShort(refresh.afi())
                        .writeByte(refresh.subtype().code())
                        .writeByte(refresh.safi());
            case Update _ -> throw new IllegalArgumentException("UPDATEs are packed by UpdateWriter");
        }
        end(start, out);
    }

    static int begin(Message.Type type, ByteBuf out) {
        int start = out.writerIndex();
        out.writeLong(-1).writeLong(-1).writeShort(0).writeByte(type.code());
        return start;
    }

    static void end(int start, ByteBuf out) {
        out.setShort(start + MARKER, out.writerIndex() - start);
    }
}
