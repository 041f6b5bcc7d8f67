package io.berth.bgp;

import io.berth.bgp.PeerConfig.Reach;
import io.berth.bgp.fsm.PeerMachine;
import io.berth.bgp.fsm.SendHold;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.net.Peer;
import io.berth.bgp.net.Rejection;
import io.berth.bgp.net.TcpDialler;
import io.berth.bgp.net.TcpListener;
import io.berth.bgp.net.Transport;
import io.berth.bgp.rib.LocRib;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * A BGP-4 speaker that announces and never imports (RFC 8212). It is told what should be true, the peers and the routes of each
 * owner, and sees to it: one thread, which belongs to no caller, owns everything; every method here may be called from anywhere
 * and returns at once.
 *
 * <p>Routes that are there before {@link #start} are in the first table that any peer gets, and End-of-RIB stands behind them.
 */
public final class Speaker {

    private static final Duration CLOSING = Duration.ofSeconds(3);

    private final Introduction introduction;
    private final PeerListener listener;
    private final RandomGenerator random;
    private final SendHold sendHold;
    private final Transport transport = Transport.available();
    private final MultiThreadIoEventLoopGroup group = Transport.available().eventLoop();
    private final EventLoop loop = group.next();

    // What follows belongs to the event loop.
    private final LocRib routes = new LocRib();
    private final Map<String, Peer> peers = new HashMap<>();
    private final Map<String, Peer> dynamic = new HashMap<>();
    private final List<TcpListener> listeners = new ArrayList<>();
    private final List<CompletableFuture<Void>> flushes = new ArrayList<>();
    private Optional<DynamicPeers> dynamicPeers = Optional.empty();
    private boolean started;

    private volatile List<Peer> known = List.of();

    /** A speaker that does not say who it is. */
    public Speaker(PeerListener listener, RandomGenerator random) {
        this(Introduction.NONE, listener, random);
    }

    /**
     * @param introduction who it is, for every peer to hear
     * @param listener hears what happens, on the speaker's thread
     * @param random spreads timers, so that the nodes of a cluster do not march in step
     */
    public Speaker(Introduction introduction, PeerListener listener, RandomGenerator random) {
        this(introduction, listener, random, SendHold.DEFAULT);
    }

    Speaker(Introduction introduction, PeerListener listener, RandomGenerator random, SendHold sendHold) {
        this.introduction = introduction;
        this.listener = listener;
        this.random = random;
        this.sendHold = sendHold;
    }

    /** Which transport the sessions run on. */
    public Transport transport() {
        return transport;
    }

    /**
     * Lets peers dial us at this address, port 0 for any.
     *
     * @return the address with its port
     * @throws IOException where it cannot be had, naming it
     */
    public InetSocketAddress listen(InetSocketAddress address) throws IOException {
        TcpListener bound = TcpListener.bind(transport, group, address, this::accepted);
        loop.execute(() -> {
            listeners.add(bound);
            protectListeners();
        });
        return bound.address();
    }

    /** Accepts also whom nobody configured; for collectors of routes. */
    public void accept(DynamicPeers template) {
        loop.execute(() -> {
            dynamicPeers = Optional.of(template);
            protectListeners();
        });
    }

    /** Brings up the sessions that are configured, and every one that will be. */
    public void start() {
        loop.execute(() -> {
            started = true;
            peers.values().forEach(Peer::start);
        });
    }

    /**
     * Has sessions with exactly these peers from now on. A session whose peer stays as it was goes on untouched; one that needs
     * another OPEN or another connection is reset, which is reported first.
     */
    public void setPeers(Set<PeerConfig> configured) {
        loop.execute(() -> reconcile(configured));
    }

    /** Replaces all that an owner wants announced; the empty set ends its part. */
    public void setRoutes(String owner, Set<Route> wanted) {
        loop.execute(() -> {
            routes.setRoutes(owner, wanted, System.nanoTime());
            allPeers().toList().forEach(Peer::planPull);
        });
    }

    /**
     * Replaces what is wanted of each of these prefixes, without regard to what owners want of them; the empty set ends it. What
     * changes together leaves together, and many prefixes of which the same is said cost little more than their addresses.
     *
     * @throws IllegalArgumentException where a route is of another prefix than that by which it is found
     */
    public void setPrefixes(Map<Prefix, Set<Route>> wanted) {
        Map<Prefix, Set<Route>> byPrefix = Map.copyOf(wanted);
        byPrefix.forEach(Speaker::checkPrefix);
        loop.execute(() -> {
            routes.setPrefixes(byPrefix, System.nanoTime());
            allPeers().toList().forEach(Peer::planPull);
        });
    }

    private static void checkPrefix(Prefix prefix, Set<Route> wanted) {
        for (Route route : wanted) {
            if (!route.prefix().equals(prefix)) {
                throw new IllegalArgumentException("a route of " + route.prefix() + " is no route of " + prefix);
            }
        }
    }

    /** Completes once all that was set before is taken note of; whoever sets without end waits for it now and then. */
    public CompletableFuture<Void> noted() {
        return CompletableFuture.runAsync(() -> {}, loop);
    }

    /** Completes once TCP has taken, for every peer that is Established, all that was set before. */
    public CompletableFuture<Void> flush() {
        var flushed = new CompletableFuture<Void>();
        loop.execute(() -> {
            flushes.add(flushed);
            checkFlushes();
        });
        return flushed;
    }

    /** Ends the session of a peer with Cease/Administrative Reset; it comes back by itself. */
    public void clear(String peer) {
        loop.execute(() -> Optional.ofNullable(peers.get(peer))
                .ifPresent(known -> known.reset(
                        Notification.of(NotificationCode.ADMINISTRATIVE_RESET), "the session was cleared")));
    }

    /** Every peer as of now; never waits. */
    public List<PeerSnapshot> peers() {
        return known.stream().map(Peer::snapshot).toList();
    }

    /**
     * Says goodbye to every peer, with Cease/Administrative Shutdown and this text (RFC 9003), and ends. Returns when all have
     * been told, or after a few seconds. The second time it does nothing.
     */
    public void close(String communication) {
        if (group.isShuttingDown()) {
            return;
        }
        var quiet = new CompletableFuture<Void>();
        loop.execute(() -> {
            listeners.forEach(TcpListener::close);
            // A peer that nobody configured may be gone at once, and out of what is walked through here.
            allPeers()
                    .toList()
                    .forEach(peer -> peer.stop(
                            Notification.shutdown(NotificationCode.ADMINISTRATIVE_SHUTDOWN, communication),
                            "shut down"));
            completeWhenQuiet(quiet);
        });
        quiet.completeOnTimeout(null, CLOSING.toMillis(), TimeUnit.MILLISECONDS).join();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }

    private void completeWhenQuiet(CompletableFuture<Void> quiet) {
        if (allPeers().allMatch(Peer::isQuiet)) {
            quiet.complete(null);
        } else {
            loop.schedule(() -> completeWhenQuiet(quiet), 5, TimeUnit.MILLISECONDS);
        }
    }

    private void reconcile(Set<PeerConfig> configured) {
        Map<String, PeerConfig> wanted = new HashMap<>();
        configured.forEach(config -> wanted.put(config.name(), config));
        for (Peer peer : List.copyOf(peers.values())) {
            PeerConfig now = wanted.get(peer.config().name());
            if (now == null) {
                remove(peer, Notification.of(NotificationCode.PEER_DECONFIGURED), "no longer configured");
                listener.removed(peer.config().name());
            } else if (!now.equals(peer.config())) {
                listener.notice("peer " + now.name() + ": its configuration changed, the session is reset");
                remove(peer, Notification.of(NotificationCode.OTHER_CONFIGURATION_CHANGE), "its configuration changed");
            }
        }
        wanted.values().stream()
                .filter(config -> !peers.containsKey(config.name()))
                .forEach(this::add);
        protectListeners();
        publish();
    }

    private void add(PeerConfig config) {
        Peer peer = peer(config);
        peers.put(config.name(), peer);
        if (started) {
            peer.start();
        }
    }

    private void remove(Peer peer, Notification notification, String detail) {
        peers.remove(peer.config().name());
        peer.stop(notification, detail);
        routes.detach(peer.routes());
    }

    private Peer peer(PeerConfig config) {
        var parts = new Peer.Parts(
                new PeerMachine(config, OwnOpen.of(config.local(), introduction), sendHold),
                routes.attach(config.name()),
                new TcpDialler(transport),
                listener,
                random,
                this::checkFlushes);
        return new Peer(config, parts, loop);
    }

    private void accepted(SocketChannel channel) {
        InetSocketAddress remote = channel.remoteAddress();
        Optional<Peer> configured = peers.values().stream()
                .filter(peer -> peer.config().connect() != PeerConfig.Connect.DIAL)
                .filter(peer -> peer.config().remote().getAddress().equals(remote.getAddress()))
                .min(Comparator.comparing(Peer::isEstablished)
                        .thenComparing(peer -> peer.config().name()));
        if (configured.isPresent()) {
            accept(configured.get(), channel);
        } else if (dynamicPeers.isPresent()) {
            adopt(channel, dynamicPeers.get());
        } else {
            listener.notice("rejected a connection from " + remote.getAddress().getHostAddress()
                    + ": no peer is configured with this address");
            Rejection.say(channel, Notification.of(NotificationCode.CONNECTION_REJECTED));
        }
    }

    private void accept(Peer peer, SocketChannel channel) {
        Optional<String> refused = transport.limit(
                channel,
                channel.remoteAddress().getAddress(),
                peer.config().transport().reach());
        if (refused.isEmpty()) {
            peer.accept(channel);
        } else {
            listener.notice("rejected a connection from peer " + peer.config().name() + ": " + refused.get());
            Rejection.say(channel, Notification.of(NotificationCode.CONNECTION_REJECTED));
        }
    }

    private void adopt(SocketChannel channel, DynamicPeers template) {
        InetSocketAddress remote = channel.remoteAddress();
        String name = remote.getAddress().getHostAddress() + ":" + remote.getPort();
        var config = new PeerConfig(
                name,
                remote,
                template.local(),
                template.peerAs(),
                PeerConfig.Connect.LISTEN,
                PeerConfig.Transport.DEFAULT);
        Peer peer = peer(config);
        dynamic.put(name, peer);
        peer.start();
        peer.accept(channel);
        channel.closeFuture().addListener(_ -> {
            dynamic.remove(name);
            peer.stop(Notification.of(NotificationCode.PEER_DECONFIGURED), "gone");
            routes.detach(peer.routes());
            listener.removed(name);
            publish();
        });
        publish();
    }

    /** Keys and limits stand on the listening socket: a SYN without the right one never becomes a connection. */
    private void protectListeners() {
        Map<InetAddress, String> passwords = new HashMap<>();
        peers.values().stream()
                .map(Peer::config)
                .filter(config -> config.connect() != PeerConfig.Connect.DIAL
                        && !config.transport().password().isEmpty())
                .forEach(config -> passwords.put(
                        config.remote().getAddress(), config.transport().password()));
        List<Reach> reaches = Stream.concat(
                        peers.values().stream()
                                .map(Peer::config)
                                .filter(config -> config.connect() != PeerConfig.Connect.DIAL)
                                .map(config -> config.transport().reach()),
                        dynamicPeers.stream().map(_ -> new Reach.Anywhere()))
                .toList();
        for (TcpListener bound : listeners) {
            Optional<String> refused = bound.passwords(passwords).or(() -> bound.limit(reaches));
            refused.ifPresent(why -> {
                listener.notice("no longer listening: " + why);
                bound.close();
            });
        }
    }

    private Stream<Peer> allPeers() {
        return Stream.concat(peers.values().stream(), dynamic.values().stream());
    }

    private void publish() {
        known = allPeers()
                .sorted(Comparator.comparing(peer -> peer.config().name()))
                .toList();
    }

    private void checkFlushes() {
        Collection<Peer> all = allPeers().toList();
        for (Iterator<CompletableFuture<Void>> i = flushes.iterator(); i.hasNext(); ) {
            if (all.stream().allMatch(Peer::isCaughtUp)) {
                i.next().complete(null);
                i.remove();
            } else {
                return;
            }
        }
    }
}
