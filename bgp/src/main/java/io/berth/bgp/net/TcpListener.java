package io.berth.bgp.net;

import io.berth.bgp.PeerConfig.Reach;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A socket on which peers may dial us. */
public final class TcpListener {

    private final Transport transport;
    private final Channel server;

    private TcpListener(Transport transport, Channel server) {
        this.transport = transport;
        this.server = server;
    }

    /**
     * Listens at once; {@code accepted} gets every connection, on the event loop.
     *
     * @throws IOException where the address is taken or not ours, naming it
     */
    public static TcpListener bind(
            Transport transport, EventLoopGroup loop, InetSocketAddress address, Consumer<SocketChannel> accepted)
            throws IOException {
        var bound = new ServerBootstrap()
                .group(loop)
                .channel(transport.serverChannel())
                .option(ChannelOption.SO_REUSEADDR, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        transport.tune(channel);
                        channel.eventLoop().execute(() -> accepted.accept(channel));
                    }
                })
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address.getAddress().getHostAddress() + ":" + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new TcpListener(transport, bound.channel());
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) server.localAddress();
    }

    /** The keys of the peers that have one; why that is not possible, where it is not. */
    public Optional<String> passwords(Map<InetAddress, String> passwords) {
        return transport.secure(server, passwords);
    }

    /** How far away those are who may dial; why that is not possible, where it is not. */
    public Optional<String> limit(Collection<Reach> reaches) {
        return transport.limit(server, address().getAddress(), reaches);
    }

    public void close() {
        server.close();
    }
}
