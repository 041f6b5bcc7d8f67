package io.berth.bgp.rib;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Audience;
import io.berth.bgp.NextHop;
import io.berth.bgp.Prefix;
import io.berth.bgp.Route;
import io.berth.bgp.RouteAttributes;
import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.codec.Sessions;
import io.berth.bgp.message.AsPath;
import io.berth.bgp.message.Community;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Origin;
import io.berth.bgp.message.PathAttribute;
import io.berth.bgp.message.PathAttribute.Communities;
import io.berth.bgp.message.PathAttribute.LocalPref;
import io.berth.bgp.message.PathAttribute.MultiExitDisc;
import io.berth.bgp.message.PathAttribute.Path;
import io.berth.bgp.message.PathAttribute.RouteOrigin;
import io.berth.bgp.rib.ModelPeer.Known;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever owners, peers, sessions and refreshes do, and in whatever order: a peer that has been given all it is owed knows
 * exactly what is wanted, by the plainest account of it.
 */
class AdjRibOutModelTest {

    private static final int RUNS = 150;
    private static final int STEPS = 120;

    private static final List<String> OWNERS = List.of("a", "b", "c");
    private static final List<String> PEERS = List.of("tor-1", "tor-2", "rr-1");
    private static final List<Negotiated> SESSIONS = List.of(
            Sessions.external(),
            Sessions.internal(),
            Sessions.ipv4Only(),
            Sessions.enhancedRefresh(),
            Sessions.extendedMessages());

    private static final List<RouteAttributes> ATTRIBUTES = List.of(
            RouteAttributes.DEFAULT,
            RouteAttributes.DEFAULT.with(new LocalPref(200)),
            RouteAttributes.DEFAULT.with(new MultiExitDisc(10)),
            RouteAttributes.DEFAULT.with(new Communities(List.of(Community.GRACEFUL_SHUTDOWN))));

    private final long firstSeed = System.nanoTime();

    private final SortedMap<String, Set<Route>> wanted = new TreeMap<>();
    private final Map<String, ModelPeer> peers = new HashMap<>();
    private LocRib rib = new LocRib();
    private Random random = new Random();
    private long now;

    @Test
    void aPeerThatHasAllItIsOwedKnowsExactlyWhatIsWanted() {
        for (long seed = firstSeed; seed < firstSeed + RUNS; seed++) {
            try {
                run(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private void run(long seed) {
        random = new Random(seed);
        rib = new LocRib();
        wanted.clear();
        peers.clear();
        for (int i = 0; i < STEPS; i++) {
            now++;
            step();
        }
        peers.values().forEach(this::settleAndCompare);
        wanted.clear();
        OWNERS.forEach(owner -> rib.setRoutes(owner, Set.of(), now));
        peers.values().forEach(this::settleAndCompare);
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> changeRoutes();
            case 4, 5, 6 -> anyPeer().ifPresent(peer -> peer.pull(1 + random.nextInt(300)));
            case 7 -> anyPeer().ifPresent(this::settleAndCompare);
            case 8 -> anyPeer().ifPresent(peer -> peer.connect(any(SESSIONS), now));
            case 9 -> anyPeer().ifPresent(peer -> peer.out().refresh(anyFamily(), now));
            case 10 -> attachOrDetach();
            default ->
                anyPeer().ifPresent(peer -> {
                    peer.disconnect();
                    peer.connect(any(SESSIONS), now);
                });
        }
        peers.values().forEach(AdjRibOutModelTest::checkFigures);
    }

    private void attachOrDetach() {
        String name = any(PEERS);
        ModelPeer known = peers.remove(name);
        if (known == null) {
            peers.put(name, new ModelPeer(rib.attach(name), any(SESSIONS), now));
        } else {
            rib.detach(known.out());
        }
    }

    private void changeRoutes() {
        String owner = any(OWNERS);
        Set<Route> routes =
                random.nextInt(4) == 0 ? new HashSet<>() : new HashSet<>(wanted.getOrDefault(owner, Set.of()));
        for (int i = random.nextInt(30); i > 0; i--) {
            Prefix prefix = anyPrefix();
            routes.removeIf(route -> route.prefix().equals(prefix));
            if (random.nextInt(3) > 0) {
                routes.add(new Route(prefix, any(ATTRIBUTES), anyAudience()));
            }
            if (random.nextInt(5) == 0) {
                String peer = any(PEERS);
                routes.removeIf(route -> route.prefix().equals(prefix) && names(route.audience(), peer));
                routes.add(new Route(prefix, any(ATTRIBUTES), Audience.of(peer)));
            }
        }
        wanted.put(owner, routes);
        rib.setRoutes(owner, routes, now);
    }

    private static boolean names(Audience audience, String peer) {
        return audience instanceof Audience.Named && audience.includes(peer);
    }

    private void settleAndCompare(ModelPeer peer) {
        peer.pullAll();
        Map<Prefix, Known> expected = new HashMap<>();
        for (Set<Route> routes : wanted.values()) {
            routes.forEach(route -> expected(route, peer).ifPresent(known -> expected.put(route.prefix(), known)));
        }
        assertThat(peer.table()).isEqualTo(expected);
        checkFigures(peer);
        assertThat(peer.out().owedSince()).isEmpty();
        ByteBuf more = Unpooled.buffer();
        assertThat(peer.out().pull(more, 4096).updates()).isZero();
        assertThat(more.isReadable()).isFalse();
    }

    /** What the peer should know of this route's prefix, by looking at every route of every owner. */
    private Optional<Known> expected(Route route, ModelPeer peer) {
        Negotiated session = peer.session();
        if (!session.families().contains(Family.of(route.prefix()))) {
            return Optional.empty();
        }
        return wanted.values().stream()
                .map(routes -> heard(routes, route.prefix(), peer.out().peer()))
                .flatMap(Optional::stream)
                .findFirst()
                .map(heard -> known(heard, session));
    }

    private static Optional<Route> heard(Set<Route> routes, Prefix prefix, String peer) {
        return routes.stream()
                .filter(route ->
                        route.prefix().equals(prefix) && route.audience().includes(peer))
                .min(Comparator.comparing(route -> route.audience() instanceof Audience.All));
    }

    private static Known known(Route route, Negotiated session) {
        List<PathAttribute> attributes = new ArrayList<>(route.attributes().attributes());
        attributes.removeIf(LocalPref.class::isInstance);
        attributes.add(new RouteOrigin(Origin.IGP));
        attributes.add(new Path(session.isInternal() ? AsPath.EMPTY : AsPath.parse("64512")));
        if (session.isInternal()) {
            attributes.add(route.attributes().attributes().stream()
                    .filter(LocalPref.class::isInstance)
                    .findFirst()
                    .orElse(new LocalPref(100)));
        }
        assertThat(route.attributes().nextHop()).isEqualTo(NextHop.self());
        return new Known(
                ModelPeer.SELF.get(route.prefix().isIpv4() ? 0 : 1),
                new RouteAttributes(NextHop.self(), attributes).attributes());
    }

    private static void checkFigures(ModelPeer peer) {
        for (Family family : Family.values()) {
            assertThat(peer.out().announced(family)).isEqualTo(peer.known(family));
        }
        assertThat(peer.out().owedSince().isPresent()).isEqualTo(peer.out().owed() > 0);
    }

    private Optional<ModelPeer> anyPeer() {
        return peers.isEmpty() ? Optional.empty() : Optional.ofNullable(peers.get(any(PEERS)));
    }

    private Audience anyAudience() {
        Set<String> named = new HashSet<>(PEERS);
        named.removeIf(_ -> random.nextBoolean());
        return random.nextInt(3) > 0 ? Audience.all() : new Audience.Named(named);
    }

    private Family anyFamily() {
        return random.nextBoolean() ? Family.IPV4_UNICAST : Family.IPV6_UNICAST;
    }

    /** Out of few, so that they meet. */
    private Prefix anyPrefix() {
        Family family = anyFamily();
        byte[] octets = new byte[family.addressLength()];
        octets[0] = 32;
        octets[1] = (byte) random.nextInt(25);
        return Prefix.containing(family.address(octets), random.nextInt(4) == 0 ? 16 : family.maxPrefixLength());
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
