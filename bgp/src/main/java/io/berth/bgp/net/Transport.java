package io.berth.bgp.net;

import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Reach;
import io.berth.bgp.message.Family;
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
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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
    private static final IntegerUnixChannelOption IP_MINTTL = new IntegerUnixChannelOption("IP_MINTTL", 0, 21);
    private static final IntegerUnixChannelOption IPV6_UNICAST_HOPS =
            new IntegerUnixChannelOption("IPV6_UNICAST_HOPS", 41, 16);
    private static final IntegerUnixChannelOption IPV6_MINHOPCOUNT =
            new IntegerUnixChannelOption("IPV6_MINHOPCOUNT", 41, 73);

    private static final int MAX_TTL = 255;

    private static final String NO_LIMIT =
            "a limit of hops needs Linux with Netty's epoll transport, which is not here";

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
    Optional<String> secure(SocketChannel channel, InetAddress remote, PeerConfig.Transport wanted) {
        String password = wanted.password();
        if (this != EPOLL && !password.isEmpty()) {
            return Optional.of("a password needs Linux with Netty's epoll transport, which is not here");
        }
        if (!password.isEmpty() && !setKeys(channel, Map.of(remote, key(password)))) {
            return Optional.of("the kernel does not take a TCP MD5 key");
        }
        return limit(channel, remote, wanted.reach());
    }

    /**
     * Limits how far away the other end of a connection may be, whoever opened it.
     *
     * @return why that cannot be; the connection must not be used then
     */
    public Optional<String> limit(SocketChannel channel, InetAddress remote, Reach reach) {
        boolean ipv4 = Family.of(remote) == Family.IPV4_UNICAST;
        IntegerUnixChannelOption ttl = ipv4 ? IP_TTL : IPV6_UNICAST_HOPS;
        if (this != EPOLL && !(reach instanceof Reach.Anywhere)) {
            return Optional.of(NO_LIMIT);
        }
        return switch (reach) {
            case Reach.Anywhere _ -> Optional.empty();
            case Reach.Within within -> set(channel, ttl, within.ttl());
            case Reach.Secured secured ->
                set(channel, ttl, MAX_TTL)
                        .or(() -> set(channel, ipv4 ? IP_MINTTL : IPV6_MINHOPCOUNT, secured.leastTtl()));
        };
    }

    /**
     * Limits how far away whoever dials may be, as far as that holds for all who may; each connection is limited further once
     * it is known whose it is. Peers with TTL security get answers that they take.
     *
     * @return why that cannot be
     */
    Optional<String> limit(Channel server, InetAddress address, Collection<Reach> reaches) {
        List<Integer> least = reaches.stream()
                .filter(Reach.Secured.class::isInstance)
                .map(reach -> ((Reach.Secured) reach).leastTtl())
                .toList();
        if (this != EPOLL) {
            return least.isEmpty() ? Optional.empty() : Optional.of(NO_LIMIT);
        }
        int leastOfAll = least.size() == reaches.size()
                ? least.stream().min(Integer::compare).orElse(0)
                : 0;
        // A socket for both families has the options of both.
        boolean ipv6 = Family.of(address) == Family.IPV6_UNICAST;
        return set(server, IP_MINTTL, leastOfAll)
                .or(() -> ipv6 ? set(server, IPV6_MINHOPCOUNT, leastOfAll) : Optional.empty())
                .or(() -> least.isEmpty() ? Optional.empty() : set(server, IP_TTL, MAX_TTL))
                .or(() -> least.isEmpty() || !ipv6 ? Optional.empty() : set(server, IPV6_UNICAST_HOPS, MAX_TTL));
    }

    private static Optional<String> set(Channel channel, IntegerUnixChannelOption option, int value) {
        boolean set = channel.config().setOption(option, value)
                && Integer.valueOf(value).equals(channel.config().getOption(option));
        return set ? Optional.empty() : Optional.of("the kernel does not take " + option.name() + " " + value);
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
