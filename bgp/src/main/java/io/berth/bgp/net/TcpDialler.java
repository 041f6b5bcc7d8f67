package io.berth.bgp.net;

import io.berth.bgp.PeerConfig;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
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
            Optional<String> refused = transport.secure(channel, peer.remote().getAddress(), peer.transport());
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

    /** Netty's words name system calls and error numbers; ours name what a person can look at. */
    private static String detail(Throwable cause) {
        String said = String.valueOf(cause.getMessage());
        return switch (cause) {
            case NoRouteToHostException _ -> "no route to the peer";
            case ConnectException _ when said.contains("refused") -> "connection refused, nothing listens there";
            case ConnectException _ when said.contains("unreachable") -> "the network is unreachable";
            case BindException _ -> "the local address is not one of this host";
            default -> said;
        };
    }
}
