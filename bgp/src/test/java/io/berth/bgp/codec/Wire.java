package io.berth.bgp.codec;

import io.berth.bgp.codec.MessageCodec.Frame;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Octets;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Octets as people write them: hexadecimal, with blanks anywhere and comments from # to the end of the line. */
public final class Wire {

    static final String MARKER = "ffffffffffffffffffffffffffffffff";

    private Wire() {}

    static byte[] octets(String commented) {
        return HexFormat.of().parseHex(plain(commented));
    }

    static String plain(String commented) {
        return commented.replaceAll("#.*", "").replaceAll("\\s", "");
    }

    /** The body of a message as it comes out of the frame decoder. */
    static Frame frame(Message.Type type, String body) {
        return new Frame(type, Octets.of(octets(body)));
    }

    /** What is written, in hexadecimal. */
    static String written(Consumer<ByteBuf> writing) {
        ByteBuf out = Unpooled.buffer();
        writing.accept(out);
        return ByteBufUtil.hexDump(out);
    }

    /** The Withdrawn Routes, Path Attributes and NLRI of an UPDATE with their lengths. */
    static Frame update(String withdrawn, String attributes, String nlri) {
        return frame(Message.Type.UPDATE, counted(withdrawn) + counted(attributes) + plain(nlri));
    }

    private static String counted(String field) {
        String plain = plain(field);
        return String.format("%04x", plain.length() / 2) + plain;
    }

    /** What a peer makes of a stream of octets in a session for messages of that size; the first error is thrown. */
    public static List<Message> received(ByteBuf octets, Negotiated session, int maxMessage) {
        var decoder = new FrameDecoder();
        decoder.maxMessage(maxMessage);
        var channel = new EmbeddedChannel(decoder);
        channel.writeInbound(octets);
        List<Message> messages = new ArrayList<>();
        for (Object next = channel.readInbound(); next != null; next = channel.readInbound()) {
            switch (next) {
                case Frame frame -> messages.add(MessageCodec.decode(frame, Optional.of(session)));
                case MalformedMessage malformed -> throw malformed;
                default -> throw new AssertionError(next);
            }
        }
        channel.finishAndReleaseAll();
        return messages;
    }
}
