package io.berth.bgp.net;

import io.berth.bgp.codec.FrameDecoder;
import io.berth.bgp.codec.MalformedMessage;
import io.berth.bgp.codec.MessageCodec;
import io.berth.bgp.codec.MessageCodec.Frame;
import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.fsm.Event;
import io.berth.bgp.fsm.Timer;
import io.berth.bgp.message.Message;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * One TCP connection with a peer: turns octets and time-outs into events, and what a machine wants sent into octets. It decides
 * nothing.
 */
final class Wire extends ChannelInboundHandlerAdapter {

    /** How long we listen for the end of the stream after our last word, so that the peer gets to read it. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    /** Hears of what happens here, on the event loop. */
    interface Events {

        void happened(Wire wire, Event event);

        /** A message was read whole. */
        void read(Wire wire, Message message);

        /** The socket takes octets again. */
        void writable(Wire wire);
    }

    private final int generation;
    private final SocketChannel channel;
    private final FrameDecoder frames = new FrameDecoder();
    private final Events events;
    private final RandomGenerator random;
    private final Map<Timer, LazyTimer> timers = new EnumMap<>(Timer.class);
    private Optional<Negotiated> session = Optional.empty();
    private int unfinishedWrites;
    private boolean progressNoted;
    private boolean closed;

    Wire(int generation, SocketChannel channel, Events events, RandomGenerator random) {
        this.generation = generation;
        this.channel = channel;
        this.events = events;
        this.random = random;
    }

    /** Begins to read; the channel must be registered. */
    void attach() {
        channel.pipeline().addLast(frames, this);
    }

    int generation() {
        return generation;
    }

    /** Our own addresses as they are seen from the peer, the one that the connection has first. */
    List<InetAddress> ownAddresses() {
        return OwnAddresses.of(
                channel.localAddress().getAddress(), channel.remoteAddress().getAddress());
    }

    /** From now on UPDATEs have a meaning. */
    void negotiated(Negotiated agreed) {
        session = Optional.of(agreed);
        frames.maxMessage(agreed.maxReceived());
    }

    void arm(Timer timer, Duration time) {
        Duration jittered = timer.isJittered()
                ? Duration.ofNanos((long) (time.toNanos() * (0.75 + random.nextDouble() * 0.25)))
                : time;
        timers.computeIfAbsent(timer, this::timer).arm(jittered);
    }

    private LazyTimer timer(Timer timer) {
        return new LazyTimer(channel.eventLoop(), () -> {
            if (!closed) {
                events.happened(this, new Event.Expired(timer));
            }
        });
    }

    void disarm(Timer timer) {
        timers.computeIfAbsent(timer, this::timer).disarm();
    }

    void send(Message message) {
        ByteBuf octets = channel.alloc().buffer(64);
        MessageCodec.encode(message, octets);
        write(octets);
        channel.flush();
    }

    /** Hands octets to the channel; {@link #flush} hands them to TCP. */
    ChannelFuture write(ByteBuf octets) {
        unfinishedWrites++;
        return channel.write(octets).addListener(written -> {
            unfinishedWrites--;
            if (written.isSuccess()) {
                noteProgress();
            }
            if (closed && unfinishedWrites == 0) {
                channel.shutdownOutput();
            }
        });
    }

    /** However much TCP takes in one turn of the loop, it is one event, and comes after whatever is being done. */
    private void noteProgress() {
        if (!progressNoted) {
            progressNoted = true;
            channel.eventLoop().execute(() -> {
                progressNoted = false;
                if (!closed) {
                    events.happened(this, new Event.Progressed());
                }
            });
        }
    }

    /** Why the kernel does not, where it does not. */
    Optional<String> giveUpAfter(Duration time) {
        return Transport.giveUpAfter(channel, time);
    }

    void flush() {
        channel.flush();
    }

    ByteBuf buffer(int capacity) {
        return channel.alloc().directBuffer(capacity);
    }

    boolean isWritable() {
        return channel.isWritable();
    }

    /** Whether TCP has taken everything that was written. */
    boolean isDrained() {
        return unfinishedWrites == 0;
    }

    /**
     * Lets what was written leave, tells the peer that no more comes, and waits a moment for its end: closing with octets unread
     * would reset the connection, and a NOTIFICATION would be lost with it. A peer that has not taken what was written by then is
     * told by just that.
     */
    void close() {
        if (closed) {
            return;
        }
        closed = true;
        timers.values().forEach(LazyTimer::disarm);
        if (!channel.isActive()) {
            channel.close();
            return;
        }
        if (isDrained()) {
            channel.shutdownOutput();
        }
        channel.eventLoop().schedule(this::leave, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void leave() {
        if (!isDrained() && channel.isOpen()) {
            channel.config().setSoLinger(0);
        }
        channel.close();
    }

    /** Completes when the connection is gone. */
    ChannelFuture closeFuture() {
        return channel.closeFuture();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object read) {
        if (closed) {
            return;
        }
        switch (read) {
            case Frame frame -> decode(frame);
            case MalformedMessage malformed -> malformed(malformed);
            default -> throw new IllegalStateException("the frame decoder gave " + read);
        }
    }

    private void decode(Frame frame) {
        Message message;
        try {
            message = MessageCodec.decode(frame, session);
        } catch (MalformedMessage e) {
            malformed(e);
            return;
        }
        events.read(this, message);
        events.happened(this, new Event.Received(message));
    }

    private void malformed(MalformedMessage malformed) {
        events.happened(
                this,
                new Event.Malformed(malformed.notification(), "the peer sent what is no BGP: " + malformed.detail()));
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!closed && channel.isWritable()) {
            events.writable(this);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        lost("the peer closed it");
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        lost(String.valueOf(cause.getMessage()));
        channel.close();
    }

    private void lost(String detail) {
        if (!closed) {
            closed = true;
            timers.values().forEach(LazyTimer::disarm);
            events.happened(this, new Event.Disconnected(detail));
        }
    }
}
