package io.berth.bgp.net;

import io.berth.bgp.codec.MessageCodec;
import io.berth.bgp.message.Notification;
import io.netty.buffer.ByteBuf;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/** The one word that a connection gets which nobody here wants: why (RFC 4271, SendNOTIFICATIONwithoutOPEN). */
public final class Rejection {

    private static final int LINGER_MILLIS = 1000;

    private Rejection() {}

    public static void say(SocketChannel channel, Notification notification) {
        ByteBuf octets = channel.alloc().buffer(64);
        MessageCodec.encode(notification, octets);
        channel.writeAndFlush(octets).addListener(_ -> {
            // Closing with the peer's OPEN unread would reset the connection, and the word would be lost with it.
            channel.shutdownOutput();
            channel.eventLoop().schedule(() -> channel.close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
        });
    }
}
