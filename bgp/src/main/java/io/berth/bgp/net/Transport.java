package io.berth.bgp.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Linux's epoll where it is, NIO elsewhere. Some options of a connection exist only with epoll, and Netty merely logs one that
 * does not take: so whatever protects a connection is refused here where it cannot be had, and read back where it can.
 */
public enum Transport {
    EPOLL,
    NIO;

    /** How much may wait in the kernel unsent: what waits there can no longer be taken back when a route changes. */
    private static final int UNSENT_LOW_WATER = 16 * 1024;

    /** How much may wait on our side of the kernel, for the same reason; a KEEPALIVE waits behind it, too. */
    private static final WriteBufferWaterMark UNWRITTEN = new WriteBufferWaterMark(8 * 1024, 16 * 1024);

    private static final IntegerUnixChannelOption IP_TTL = new IntegerUnixChannelOption("IP_TTL", 0, 2);
    private static final IntegerUnixChannelOption IPV6_UNICAST_HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", 41, 16);

    /** The best that this machine has. */
    public static Transport available() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    /** One thread, which owns every peer of a speaker. */
    public MultiThreadIoEventLoopGroup eventLoop() {
        IoHandlerFactory handlers = this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        return new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("bgp", true), handlers);
    }

    SocketChannel socket() {
        return this == EPOLL ? new EpollSocketChannel() : new NioSocketChannel();
    }

    Class<? extends ServerChannel> serverChannel() {
        return this == EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** What every connection wants: small messages at once, and few of them out of our hands. */
    void tune(SocketChannel channel) {
        channel.config().setTcpNoDelay(true).setWriteBufferWaterMark(UNWRITTEN);
        if (this == EPOLL) {
            channel.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) UNSENT_LOW_WATER);
        }
    }

    /**
     * Has the kernel end the connection once octets have waited so long for the peer to take them: beneath the timer of RFC 9687, for
     * the octets that this process has handed over.
     *
     * @return why it does not, where it should
     */
    static Optional<String> giveUpAfter(SocketChannel channel, Duration time) {
        if (!(channel instanceof EpollSocketChannel) || !channel.isOpen()) {
            return Optional.empty(); // our own timer is enough, and all there is
        }
        int millis = (int) Math.min(time.toMillis(), Integer.MAX_VALUE);
        return setUserTimeout(channel, millis)
                ? Optional.empty()
                : Optional.of("the kernel does not take a TCP_USER_TIMEOUT of " + millis + " ms");
    }

    /**
     * Sets what protects a connection before it is dialled.
     *
     * @return why it cannot be; the connection must not be tried then
     */
    Optional<String> secure(SocketChannel channel, InetAddress remote, String password, int hopLimit) {
        if (this != EPOLL && (!password.isEmpty() || hopLimit > 0)) {
            return Optional.of("a password or a hop limit needs Linux with Netty's epoll transport, which is not here");
        }
        if (!password.isEmpty() && !setKeys(channel, Map.of(remote, key(password)))) {
            return Optional.of("the kernel does not take a TCP MD5 key");
        }
        if (hopLimit > 0) {
            IntegerUnixChannelOption option = remote.getAddress().length == 4 ? IP_TTL : IPV6_UNICAST_HOPS;
            boolean set = channel.config().setOption(option, hopLimit)
                    && Integer.valueOf(hopLimit).equals(channel.config().getOption(option));
            return set ? Optional.empty() : Optional.of("the kernel does not take a hop limit of " + hopLimit);
        }
        return Optional.empty();
    }

    /**
     * Gives a listening socket the keys of all peers that may dial it, in the place of earlier ones.
     *
     * @return why it cannot
     */
    Optional<String> secure(Channel server, Map<InetAddress, String> passwords) {
        if (passwords.isEmpty() && this != EPOLL) {
            return Optional.empty();
        }
        if (this != EPOLL) {
            return Optional.of("a password needs Linux with Netty's epoll transport, which is not here");
        }
        Map<InetAddress, byte[]> keys = new HashMap<>();
        passwords.forEach((address, password) -> keys.put(address, key(password)));
        return setKeys(server, keys) ? Optional.empty() : Optional.of("the kernel does not take a TCP MD5 key");
    }

    private static boolean setUserTimeout(SocketChannel channel, int millis) {
        try {
            return channel.config().setOption(EpollChannelOption.TCP_USER_TIMEOUT, millis)
                    && Integer.valueOf(millis).equals(channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT));
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static boolean setKeys(Channel channel, Map<InetAddress, byte[]> keys) {
        ChannelOption<Map<InetAddress, byte[]>> option = EpollChannelOption.TCP_MD5SIG;
        try {
            return channel.config().setOption(option, keys);
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static byte[] key(String password) {
        return password.getBytes(StandardCharsets.UTF_8);
    }
}
