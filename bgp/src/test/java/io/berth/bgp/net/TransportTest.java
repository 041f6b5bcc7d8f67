package io.berth.bgp.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransportTest {

    private final Transport transport = Transport.available();
    private final MultiThreadIoEventLoopGroup group = transport.eventLoop();

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void theKernelGivesUpAConnectionWhenItIsTold() {
        SocketChannel channel = registered();

        assertThat(Transport.giveUpAfter(channel, Duration.ofMinutes(12))).isEmpty();

        if (transport == Transport.EPOLL) {
            assertThat(channel.config().getOption(EpollChannelOption.TCP_USER_TIMEOUT))
                    .isEqualTo(720_000);
        }
    }

    @Test
    void littleWaitsInFrontOfAKeepalive() {
        SocketChannel channel = registered();

        transport.tune(channel);

        assertThat(channel.config().getWriteBufferHighWaterMark()).isEqualTo(16 * 1024);
        assertThat(channel.config().getWriteBufferLowWaterMark()).isEqualTo(8 * 1024);
    }

    private SocketChannel registered() {
        SocketChannel channel = transport.socket();
        EventLoop loop = group.next();
        loop.register(channel).syncUninterruptibly();
        return channel;
    }
}
