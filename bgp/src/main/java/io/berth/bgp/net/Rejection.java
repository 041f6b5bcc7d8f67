package io.berth.bgp.net;

import io.berth.bgp.codec.MessageCodec;
import io.berth.bgp.message.Notification;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.SocketChannel;

/** The one word that a connection gets which nobody here wants: why (RFC 4271, SendNOTIFICATIONwithoutOPEN). */
public final class Rejection {

    private Rejection() {}

    public static void say(SocketChannel channel, Notification notification) {
        ByteBuf octets = channel.alloc().buffer(64);
        MessageCodec.encode(notification, octets);
        channel.writeAndFlush(octets).addListener(ChannelFutureListener.CLOSE);
    }
}
