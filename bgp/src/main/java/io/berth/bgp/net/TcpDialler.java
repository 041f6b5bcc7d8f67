package io.berth.bgp.net;

import io.berth.bgp.PeerConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Opens TCP connections to peers, protected as their configuration says or not at all. */
public final class TcpDialler implements Peer.Dialler {

    private final Transport transport;

    public TcpDialler(Transport transport) {
        this.transport = transport;
    }

    @Override
    public void dial(PeerConfig peer, EventLoop loop, Peer.Dialled dialled) {
        SocketChannel channel = transport.socket();
        loop.register(channel).addListener(registered -> {
            if (!registered.isSuccess()) {
                dialled.failed(detail(registered.cause()));
                return;
            }
            transport.tune(channel);
            PeerConfig.Transport wanted = peer.transport();
            Optional<String> refused =
                    transport.secure(channel, peer.remote().getAddress(), wanted.password(), wanted.hopLimit());
            dialled.channel(channel);
            if (refused.isPresent()) {
                channel.close();
                dialled.failed(refused.get());
            } else {
                connect(channel, peer).addListener(connected -> {
                    if (connected.isSuccess()) {
                        dialled.connected(channel);
                    } else {
                        channel.close();
                        dialled.failed(detail(connected.cause()));
                    }
                });
            }
        });
    }

    private static ChannelFuture connect(SocketChannel channel, PeerConfig peer) {
        InetAddress local = peer.transport().localAddress();
        return local.isAnyLocalAddress()
                ? channel.connect(peer.remote())
                : channel.connect(peer.remote(), new InetSocketAddress(local, 0));
    }

    private static String detail(Throwable cause) {
        return String.valueOf(cause.getMessage());
    }
}
