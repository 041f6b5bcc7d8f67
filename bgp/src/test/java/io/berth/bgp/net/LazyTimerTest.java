package io.berth.bgp.net;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LazyTimerTest {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final MultiThreadIoEventLoopGroup group = Transport.NIO.eventLoop();
    private final EventLoop loop = group.next();
    private final CompletableFuture<Void> expired = new CompletableFuture<>();
    private final LazyTimer timer = new LazyTimer(loop, () -> expired.complete(null));

    @AfterEach
    void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void runsOutOnceItsTimeIsOver() {
        loop.execute(() -> timer.arm(Duration.ofMillis(1)));

        assertThat(expired).succeedsWithin(PATIENCE);
    }

    @Test
    void runsOutByTheTimeThatWasSetLast() {
        loop.execute(() -> {
            timer.arm(Duration.ofHours(1));
            timer.arm(Duration.ofMillis(1));
        });

        assertThat(expired).succeedsWithin(PATIENCE);
    }

    /** The loop is busy with one peer until the timer of the other has run out, and that one's message is there. */
    @Test
    void whatThePeerSaidInTimeCountsHoweverLateItIsRead() throws IOException {
        try (var server = new ServerSocket(0, 2, InetAddress.ofLiteral("127.0.0.1"))) {
            var heard = new CompletableFuture<Void>();
            connect(server, () -> {
                timer.arm(Duration.ofHours(1));
                loop.schedule(() -> heard.complete(null), 1, TimeUnit.MILLISECONDS);
            });
            Socket inTime = server.accept();
            connect(server, () -> {
                timer.arm(Duration.ofNanos(1));
                say(inTime);
            });
            Socket busy = server.accept();

            say(busy);

            assertThat(heard).succeedsWithin(PATIENCE);
            assertThat(expired).isNotDone();
        }
    }

    private void connect(ServerSocket server, Runnable onOctet) {
        new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .handler(new SimpleChannelInboundHandler<ByteBuf>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, ByteBuf octet) {
                        onOctet.run();
                    }
                })
                .connect(server.getLocalSocketAddress())
                .syncUninterruptibly();
    }

    private static void say(Socket socket) {
        try {
            socket.getOutputStream().write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
