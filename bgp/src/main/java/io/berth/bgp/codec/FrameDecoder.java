package io.berth.bgp.codec;

import io.berth.bgp.codec.MessageCodec.Frame;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;

/**
 * Cuts a TCP stream into messages. The header is judged as soon as it is there, before any of the body is waited for (RFC 4271
 * section 6.1), so a peer can never make us keep more than one message.
 */
public final class FrameDecoder extends ByteToMessageDecoder {

    private int maxMessage = Negotiated.STANDARD_MESSAGE;
    private boolean lost;

    /** From the next message on: what we have said we take (RFC 8654 section 4). */
    public void maxMessage(int octets) {
        this.maxMessage = octets;
    }

    @Override
    protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
        if (lost) {
            // Nothing that follows a bad header can be told apart.
            in.skipBytes(in.readableBytes());
            return;
        }
        if (in.readableBytes() < MessageCodec.HEADER) {
            return;
        }
        int length = in.getUnsignedShort(in.readerIndex() + MessageCodec.MARKER);
        Message.Type type;
        try {
            type = checkedType(in, length);
        } catch (MalformedMessage e) {
            lost = true;
            in.skipBytes(in.readableBytes());
            out.add(e);
            return;
        }
        if (in.readableBytes() >= length) {
            in.skipBytes(MessageCodec.HEADER);
            byte[] body = new byte[length - MessageCodec.HEADER];
            in.readBytes(body);
            out.add(new Frame(type, Octets.of(body)));
        }
    }

    private Message.Type checkedType(ByteBuf in, int length) {
        int start = in.readerIndex();
        if (in.getLong(start) != -1 || in.getLong(start + 8) != -1) {
            throw MalformedMessage.of(NotificationCode.CONNECTION_NOT_SYNCHRONIZED, "the marker is not all ones");
        }
        int code = in.getUnsignedByte(start + MessageCodec.MARKER + 2);
        for (Message.Type type : Message.Type.values()) {
            if (type.code() == code) {
                checkLength(type, length);
                return type;
            }
        }
        throw MalformedMessage.of(NotificationCode.BAD_MESSAGE_TYPE, "message of type " + code, (byte) code);
    }

    private void checkLength(Message.Type type, int length) {
        int shortest = switch (type) {
            case OPEN -> 29;
            case UPDATE -> 23;
            case NOTIFICATION -> 21;
            case KEEPALIVE, ROUTE_REFRESH -> MessageCodec.HEADER;
        };
        int longest = switch (type) {
            case KEEPALIVE -> MessageCodec.HEADER;
            case OPEN -> Negotiated.STANDARD_MESSAGE;
            case UPDATE, NOTIFICATION, ROUTE_REFRESH -> maxMessage;
        };
        if (length < shortest || length > longest) {
            throw MalformedMessage.of(
                    NotificationCode.BAD_MESSAGE_LENGTH,
                    type + " of " + length + " octets",
                    (byte) (length >> 8),
                    (byte) length);
        }
    }
}
