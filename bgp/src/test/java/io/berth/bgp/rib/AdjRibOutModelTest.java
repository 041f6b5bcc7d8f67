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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Whatever owners, peers, sessions and refreshes do, and in whatever order: a peer that has been given all it is owed knows
 * exactly what is wanted, by the plainest account of it.
 */
class AdjRibOutModelTest {

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

    /** What was set for each prefix by itself: it comes before every owner. */
    private static final String PREFIXES = "";

    private final SortedMap<String, Map<Prefix, Set<Route>>> wanted = new TreeMap<>();
    private final Map<String, ModelPeer> peers = new HashMap<>();
    private LocRib rib = new LocRib();
    private Random random = new Random();
    private long now;

    /** How many different prefixes there are of each family. */
    private int prefixes;

    @Test
    void aPeerThatHasAllItIsOwedKnowsExactlyWhatIsWanted() {
        for (long seed = firstSeed; seed < firstSeed + 150; seed++) {
            run(seed, 25);
        }
    }

    /** With windows and messages that are full before everything is said. */
    @Test
    void aPeerThatHasAllItIsOwedKnowsExactlyWhatIsWantedOfThousands() {
        for (long seed = firstSeed; seed < firstSeed + 2; seed++) {
            run(seed, 4000);
        }
    }

    private void run(long seed, int differentPrefixes) {
        random = new Random(seed);
        rib = new LocRib();
        wanted.clear();
        peers.clear();
        prefixes = differentPrefixes;
        try {
            for (int i = 0; i < STEPS; i++) {
                now++;
                step();
            }
            peers.values().forEach(this::settleAndCompare);
            Map<Prefix, Set<Route>> nothing = new HashMap<>();
            wanted.getOrDefault(PREFIXES, Map.of()).keySet().forEach(prefix -> nothing.put(prefix, Set.of()));
            wanted.clear();
            OWNERS.forEach(owner -> rib.setRoutes(owner, Set.of(), now));
            rib.setPrefixes(nothing, now);
            peers.values().forEach(this::settleAndCompare);
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private void step() {
        switch (random.nextInt(12)) {
            case 0, 1 -> changeRoutes();
            case 2, 3 -> changePrefixes();
            case 4, 5, 6 -> anyPeer().ifPresent(peer -> peer.pull(1 + random.nextInt(prefixes * 10)));
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
        Map<Prefix, Set<Route>> routes = wanted.computeIfAbsent(owner, _ -> new HashMap<>());
        if (random.nextInt(4) == 0) {
            routes.clear();
        }
        routes.putAll(anyRoutes());
        rib.setRoutes(owner, routes.values().stream().flatMap(Set::stream).collect(Collectors.toSet()), now);
    }

    private void changePrefixes() {
        Map<Prefix, Set<Route>> changed = anyRoutes();
        wanted.computeIfAbsent(PREFIXES, _ -> new HashMap<>()).putAll(changed);
        rib.setPrefixes(changed, now);
    }

    private Map<Prefix, Set<Route>> anyRoutes() {
        Map<Prefix, Set<Route>> routes = new HashMap<>();
        for (int i = random.nextInt(prefixes); i > 0; i--) {
            Prefix prefix = anyPrefix();
            routes.put(prefix, anyRoutes(prefix));
        }
        return routes;
    }

    private Set<Route> anyRoutes(Prefix prefix) {
        Set<Route> routes = new HashSet<>();
        if (random.nextInt(3) > 0) {
            routes.add(new Route(prefix, any(ATTRIBUTES), anyAudience()));
        }
        if (random.nextInt(5) == 0) {
            String peer = any(PEERS);
            routes.removeIf(route -> route.audience() instanceof Audience.Named
                    && route.audience().includes(peer));
            routes.add(new Route(prefix, any(ATTRIBUTES), Audience.of(peer)));
        }
        return routes;
    }

    private void settleAndCompare(ModelPeer peer) {
        peer.pullAll();
        Map<Prefix, Known> expected = new HashMap<>();
        // In the order of the owners' names.
        wanted.values()
                .forEach(routes -> routes.forEach((prefix, own) -> heard(own, peer)
                        .ifPresent(route -> expected.putIfAbsent(prefix, known(route, peer.session())))));
        assertThat(peer.table()).isEqualTo(expected);
        checkFigures(peer);
        ByteBuf more = Unpooled.buffer();
        assertThat(peer.out().pull(more, 4096).updates()).isZero();
        assertThat(more.isReadable()).isFalse();
    }

    /** The one of an owner's routes for a prefix that the peer should hear of: what is for it alone before what is for all. */
    private static Optional<Route> heard(Set<Route> own, ModelPeer peer) {
        return own.stream()
                .filter(route -> route.audience().includes(peer.out().peer()))
                .filter(route -> peer.session().families().contains(Family.of(route.prefix())))
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
        int number = random.nextInt(prefixes);
        octets[1] = (byte) (number >> 8);
        octets[2] = (byte) number;
        return Prefix.containing(family.address(octets), random.nextInt(4) == 0 ? 24 : family.maxPrefixLength());
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
