package io.berth.bgp.net;

import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerListener;
import io.berth.bgp.PeerListener.Direction;
import io.berth.bgp.PeerSnapshot;
import io.berth.bgp.SessionState;
import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.fsm.Action;
import io.berth.bgp.fsm.Event;
import io.berth.bgp.fsm.PeerAction;
import io.berth.bgp.fsm.PeerEvent;
import io.berth.bgp.fsm.PeerMachine;
import io.berth.bgp.fsm.PeerState;
import io.berth.bgp.fsm.PeerStep;
import io.berth.bgp.fsm.Timer;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.rib.AdjRibOut;
import io.berth.bgp.rib.Session;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Carries out what a {@link PeerMachine} decides: the shell of one peer. Everything here runs on the speaker's event loop, but
 * for {@link #snapshot}, which anybody may read.
 */
public final class Peer implements Wire.Events {

    /** About so many octets of UPDATEs are encoded at a time; the socket says when it takes more. */
    private static final int PULL = 16 * 1024;

    private final PeerConfig config;
    private final PeerMachine machine;
    private final AdjRibOut routes;
    private final Dialler dialler;
    private final PeerListener listener;
    private final RandomGenerator random;
    private final Runnable progress;
    private final EventLoop loop;

    private final Map<Integer, Wire> wires = new HashMap<>();
    private final LazyTimer retry;
    private final LazyTimer stable;
    private PeerState state;
    private Optional<Wire> established = Optional.empty();
    private Optional<SocketChannel> arriving = Optional.empty();
    private String remoteIdentifier = "";
    private Instant since = Instant.now();
    private boolean pullPlanned;
    private volatile PeerSnapshot snapshot;

    /**
     * Everything a peer is built from.
     *
     * @param progress is run when TCP has taken something, and when a session has ended
     */
    public record Parts(
            PeerMachine machine,
            AdjRibOut routes,
            Dialler dialler,
            PeerListener listener,
            RandomGenerator random,
            Runnable progress) {}

    /** Starts a TCP connection; {@code wire} hears of it as soon as there is a channel. */
    public interface Dialler {
        void dial(PeerConfig peer, EventLoop loop, Dialled dialled);
    }

    /** What comes of dialling; exactly one of the last two follows {@link #channel}. */
    public interface Dialled {
        /** There is a channel, not yet connected. */
        void channel(SocketChannel channel);

        void connected(SocketChannel channel);

        void failed(String detail);
    }

    public Peer(PeerConfig config, Parts parts, EventLoop loop) {
        this.config = config;
        this.machine = parts.machine;
        this.routes = parts.routes;
        this.dialler = parts.dialler;
        this.listener = parts.listener;
        this.random = parts.random;
        this.progress = parts.progress;
        this.loop = loop;
        this.state = machine.initial();
        this.retry = new LazyTimer(loop, () -> take(new PeerEvent.Expired(Timer.RETRY)));
        this.stable = new LazyTimer(loop, () -> take(new PeerEvent.Expired(Timer.STABLE)));
        this.snapshot = describe();
    }

    public PeerConfig config() {
        return config;
    }

    /** The peer as of now, or a moment ago. */
    public PeerSnapshot snapshot() {
        return snapshot;
    }

    public AdjRibOut routes() {
        return routes;
    }

    public void start() {
        take(new PeerEvent.Start());
    }

    public void stop(Notification notification, String detail) {
        take(new PeerEvent.Stop(notification, detail));
    }

    public void reset(Notification notification, String detail) {
        take(new PeerEvent.Reset(notification, detail));
    }

    /** A connection that the peer opened; it is rejected where it is not wanted. */
    public void accept(SocketChannel channel) {
        arriving = Optional.of(channel);
        take(new PeerEvent.Accepted());
        arriving = Optional.empty();
    }

    /** Whether no connection is open or being closed. */
    public boolean isQuiet() {
        return wires.isEmpty();
    }

    public boolean isEstablished() {
        return established.isPresent();
    }

    /** Whether the peer, if there is a session, has been told everything and TCP has taken it. */
    public boolean isCaughtUp() {
        return established.isEmpty() || !routes.isOwed() && established.get().isDrained();
    }

    private void take(PeerEvent event) {
        PeerStep step = machine.step(state, event);
        state = step.state();
        step.actions().forEach(this::carryOut);
        snapshot = describe();
    }

    private void carryOut(PeerAction action) {
        switch (action) {
            case PeerAction.Dial(int generation) -> dialler.dial(config, loop, new Dialling(generation));
            case PeerAction.Adopt(int generation) -> arriving.ifPresent(channel -> open(generation, channel));
            case PeerAction.Reject(Notification notification) ->
                arriving.ifPresent(channel -> Rejection.say(channel, notification));
            case PeerAction.Arm(Timer timer, Duration time) -> arm(timer, time);
            case PeerAction.Disarm(Timer timer) -> (timer == Timer.RETRY ? retry : stable).disarm();
            case PeerAction.OnConnection(int generation, Action.Down _) -> down(generation);
            case PeerAction.OnConnection(int generation, Action onConnection) ->
                Optional.ofNullable(wires.get(generation)).ifPresent(wire -> carryOut(wire, onConnection));
            case PeerAction.StateChanged(SessionState from, SessionState to, String reason) -> {
                since = Instant.now();
                listener.stateChanged(config.name(), from, to, reason);
            }
        }
    }

    private void arm(Timer timer, Duration time) {
        if (timer == Timer.RETRY) {
            retry.arm(Duration.ofNanos((long) (time.toNanos() * (0.75 + random.nextDouble() * 0.25))));
        } else {
            stable.arm(time);
        }
    }

    private Wire open(int generation, SocketChannel channel) {
        var wire = new Wire(generation, channel, this, random);
        wires.put(generation, wire);
        wire.closeFuture().addListener(_ -> {
            wires.remove(generation);
            snapshot = describe();
        });
        wire.attach();
        return wire;
    }

    private void carryOut(Wire wire, Action action) {
        switch (action) {
            case Action.Send(Message message) -> send(wire, message);
            case Action.Arm(Timer timer, Duration time) -> wire.arm(timer, time);
            case Action.Disarm(Timer timer) -> wire.disarm(timer);
            case Action.GiveUpAfter(Duration time) ->
                wire.giveUpAfter(time).ifPresent(why -> listener.notice("peer " + config.name() + ": " + why));
            case Action.Close _ -> wire.close();
            case Action.Opened opened -> {
                remoteIdentifier = opened.received().identifier().toString();
                wire.negotiated(opened.negotiated());
            }
            case Action.Up(Negotiated negotiated) -> up(wire, negotiated);
            case Action.Down _ -> down(wire.generation());
            case Action.Deliver deliver -> listener.updateReceived(config.name(), deliver.update());
            case Action.Refresh(RouteRefresh request) -> refresh(request);
        }
    }

    private void send(Wire wire, Message message) {
        wire.send(message);
        listener.message(config.name(), Direction.SENT, message.type());
        if (message instanceof Notification notification) {
            listener.notification(config.name(), Direction.SENT, notification);
        }
    }

    private void up(Wire wire, Negotiated negotiated) {
        established = Optional.of(wire);
        routes.open(new Session(negotiated, wire.ownAddresses()), System.nanoTime());
        planPull();
    }

    /** By number, since the channel of a connection that the peer has closed is gone before the machine hears of it. */
    private void down(int generation) {
        if (established.filter(wire -> wire.generation() == generation).isPresent()) {
            established = Optional.empty();
            routes.close();
            progress.run();
        }
    }

    private void refresh(RouteRefresh request) {
        if (request.subtype() != RouteRefresh.Subtype.REQUEST) {
            return; // markers of a table that we do not keep, or a subtype that nobody knows (RFC 7313 section 5)
        }
        for (Family family : Family.values()) {
            if (request.concerns(family)) {
                routes.refresh(family, System.nanoTime());
                planPull();
            }
        }
    }

    /** Routes may have changed: they leave with whatever else changes in this turn of the loop. */
    public void planPull() {
        if (!pullPlanned && established.isPresent()) {
            pullPlanned = true;
            loop.execute(() -> {
                pullPlanned = false;
                pull();
            });
        }
    }

    private void pull() {
        established.ifPresent(wire -> {
            List<AdjRibOut.Unannounced> refused = new ArrayList<>();
            boolean wrote = false;
            while (routes.isOwed() && wire.isWritable()) {
                pullOnce(wire, refused);
                wrote = true;
            }
            if (wrote) {
                snapshot = describe();
                wire.flush();
            }
            refused.forEach(route -> listener.notice(
                    "peer " + config.name() + ": " + route.prefix() + " is not announced: " + route.reason()));
        });
    }

    private void pullOnce(Wire wire, List<AdjRibOut.Unannounced> refused) {
        long owedSince = routes.owedSince().orElse(System.nanoTime());
        ByteBuf octets = wire.buffer(PULL + Negotiated.STANDARD_MESSAGE);
        AdjRibOut.Pulled pulled = routes.pull(octets, PULL);
        refused.addAll(pulled.unannounced());
        for (int i = 0; i < pulled.updates(); i++) {
            listener.message(config.name(), Direction.SENT, Message.Type.UPDATE);
        }
        wire.write(octets).addListener(_ -> {
            if (pulled.updates() > 0) {
                listener.announced(config.name(), Duration.ofNanos(System.nanoTime() - owedSince));
            }
            progress.run();
        });
    }

    @Override
    public void happened(Wire wire, Event event) {
        take(new PeerEvent.OnConnection(wire.generation(), event));
    }

    @Override
    public void read(Wire wire, Message message) {
        listener.message(config.name(), Direction.RECEIVED, message.type());
        if (message instanceof Notification notification) {
            listener.notification(config.name(), Direction.RECEIVED, notification);
        }
    }

    @Override
    public void writable(Wire wire) {
        planPull();
    }

    private PeerSnapshot describe() {
        Map<Family, Integer> announced = new EnumMap<>(Family.class);
        for (Family family : Family.values()) {
            announced.put(family, routes.announced(family));
        }
        SessionState now = state.session();
        return new PeerSnapshot(
                config.name(),
                config.remote(),
                now,
                since,
                now == SessionState.ESTABLISHED ? "" : state.reason(),
                remoteIdentifier,
                announced,
                routes.owed());
    }

    /** One attempt to connect, as long as it is the one that the machine is waiting for. */
    private final class Dialling implements Dialled {
        private final int generation;

        Dialling(int generation) {
            this.generation = generation;
        }

        @Override
        public void channel(SocketChannel channel) {
            open(generation, channel);
        }

        @Override
        public void connected(SocketChannel channel) {
            take(new PeerEvent.OnConnection(generation, new Event.Connected()));
        }

        @Override
        public void failed(String detail) {
            take(new PeerEvent.OnConnection(generation, new Event.Disconnected(detail)));
        }
    }
}
