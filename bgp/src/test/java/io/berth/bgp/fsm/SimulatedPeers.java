package io.berth.bgp.fsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.message.Family;
import io.berth.bgp.message.Message;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;

/**
 * Two peer machines that dial each other over a network that exists only here: it delays, loses connections and refuses them, as
 * a seed decides. Time passes only from one event to the next.
 */
final class SimulatedPeers {

    private static final long SECOND = 1_000_000_000L;

    /** Would run out in every session if what is sent did not count. */
    private static final SendHold SEND_HOLD = new SendHold(Duration.ofSeconds(20));

    private record Task(long at, long number, Runnable work) {}

    private final Random random;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::number));
    private final List<Link> links = new ArrayList<>();
    private final Node one;
    private final Node other;
    private long now;
    private long taskNumber;
    private boolean faulty = true;

    SimulatedPeers(long seed) {
        this.random = new Random(seed);
        // Which of them has the higher identifier decides collisions, so both cases must come up.
        boolean higher = random.nextBoolean();
        this.one = new Node(64512, higher ? "10.0.0.9" : "10.0.0.1");
        this.other = new Node(64513, "10.0.0.5");
        one.opposite = Optional.of(other);
        other.opposite = Optional.of(one);
    }

    /** Lets faults happen for so many seconds, and then so many seconds more without any. */
    void run(long withFaults, long withoutFaults) {
        one.take(new PeerEvent.Start());
        after(random.nextLong(SECOND), () -> other.take(new PeerEvent.Start()));
        for (int i = 0; i < withFaults / 5; i++) {
            after(random.nextLong(withFaults * SECOND), this::loseAConnection);
        }
        runUntil(withFaults * SECOND);
        faulty = false;
        runUntil((withFaults + withoutFaults) * SECOND);
    }

    boolean agreeOnOneSession() {
        Optional<Link> mine = one.establishedLink();
        return mine.isPresent() && mine.equals(other.establishedLink());
    }

    String describe() {
        return one.state + "\n" + other.state;
    }

    private void runUntil(long end) {
        while (!tasks.isEmpty() && tasks.peek().at <= end) {
            Task task = tasks.remove();
            now = task.at;
            task.work.run();
        }
        now = end;
    }

    private void after(long nanos, Runnable work) {
        tasks.add(new Task(now + nanos, taskNumber++, work));
    }

    private long delay() {
        return random.nextLong(faulty ? SECOND / 2 : SECOND / 50);
    }

    private void loseAConnection() {
        List<Link> alive = links.stream().filter(link -> !link.cut).toList();
        if (!alive.isEmpty()) {
            alive.get(random.nextInt(alive.size())).cut();
        }
    }

    /** One TCP connection: each direction delivers in order. */
    private final class Link {
        private final Node dialler;
        private final Node acceptor;
        private final int dialled;
        private int accepted = -1;
        private boolean cut;
        private final Map<Node, Long> lastArrival = new HashMap<>();

        Link(Node dialler, Node acceptor, int dialled) {
            this.dialler = dialler;
            this.acceptor = acceptor;
            this.dialled = dialled;
        }

        void deliver(Node to, Event event) {
            long arrival = Math.max(lastArrival.getOrDefault(to, 0L), now + delay());
            lastArrival.put(to, arrival);
            after(arrival - now, () -> {
                int generation = to == dialler ? dialled : accepted;
                if (generation >= 0 && (!cut || event instanceof Event.Disconnected)) {
                    to.take(new PeerEvent.OnConnection(generation, event));
                }
            });
        }

        void cut() {
            cut = true;
            deliver(dialler, new Event.Disconnected("cut"));
            deliver(acceptor, new Event.Disconnected("cut"));
        }

        Node opposite(Node node) {
            return node == dialler ? acceptor : dialler;
        }
    }

    /** One side: its machine, and a shell that carries actions out on the simulated network. */
    private final class Node {
        private final PeerMachine machine;
        private final Map<Integer, Link> wires = new HashMap<>();
        private final Map<String, Long> timers = new HashMap<>();
        private PeerState state;
        private Optional<Node> opposite = Optional.empty();
        private Optional<Link> arriving = Optional.empty();

        Node(long as, String identifier) {
            var local = new Local(
                    new Asn(as), BgpIdentifier.parse(identifier), new HoldTime(9), Set.of(Family.IPV4_UNICAST));
            var config = new PeerConfig(
                    "peer",
                    new InetSocketAddress(InetAddress.ofLiteral("10.0.0.2"), 179),
                    local,
                    new PeerAs.Any(),
                    Connect.BOTH,
                    Transport.DEFAULT);
            this.machine = new PeerMachine(config, Peers.open(new Asn(as), identifier, 9), SEND_HOLD);
            this.state = machine.initial();
        }

        Optional<Link> establishedLink() {
            return state.connections().values().stream()
                    .filter(connection -> connection.state() instanceof State.Established)
                    .flatMap(connection -> Optional.ofNullable(wires.get(connection.generation())).stream())
                    .findFirst();
        }

        void take(PeerEvent event) {
            PeerStep step = machine.step(state, event);
            state = step.state();
            step.actions().forEach(this::carryOut);
            assertThat(state.connections()).hasSizeLessThanOrEqualTo(2);
            assertThat(state.connections().values().stream()
                            .filter(connection -> connection.state() instanceof State.Established))
                    .hasSizeLessThanOrEqualTo(1);
        }

        private void carryOut(PeerAction action) {
            switch (action) {
                case PeerAction.Dial(int generation) -> dial(generation);
                case PeerAction.Adopt(int generation) ->
                    arriving.ifPresent(link -> {
                        link.accepted = generation;
                        wires.put(generation, link);
                    });
                case PeerAction.Reject _ ->
                    arriving.ifPresent(link -> link.deliver(link.dialler, new Event.Disconnected("rejected")));
                case PeerAction.Arm(Timer timer, Duration time) -> arm("peer", timer, time);
                case PeerAction.Disarm(Timer timer) -> timers.remove("peer" + timer);
                case PeerAction.OnConnection(int generation, Action onConnection) -> carryOut(generation, onConnection);
                case PeerAction.StateChanged _ -> {
                    // Nobody listens.
                }
            }
        }

        private void dial(int generation) {
            var link = new Link(this, opposite.orElseThrow(), generation);
            wires.put(generation, link);
            links.add(link);
            after(delay(), () -> {
                if (faulty && random.nextInt(4) == 0) {
                    take(new PeerEvent.OnConnection(generation, new Event.Disconnected("refused")));
                } else if (!link.cut) {
                    link.acceptor.arriving = Optional.of(link);
                    link.acceptor.take(new PeerEvent.Accepted());
                    link.acceptor.arriving = Optional.empty();
                    take(new PeerEvent.OnConnection(generation, new Event.Connected()));
                }
            });
        }

        private void carryOut(int generation, Action action) {
            Link link = wires.get(generation);
            if (link == null) {
                return;
            }
            switch (action) {
                case Action.Send(Message message) -> {
                    link.deliver(link.opposite(this), new Event.Received(message));
                    after(0, () -> take(new PeerEvent.OnConnection(generation, new Event.Progressed())));
                }
                case Action.Close _ -> {
                    link.deliver(link.opposite(this), new Event.Disconnected("closed"));
                    timers.keySet().removeIf(key -> key.startsWith(generation + " "));
                }
                case Action.Arm(Timer timer, Duration time) -> arm(generation + " ", timer, time);
                case Action.Disarm(Timer timer) -> timers.remove(generation + " " + timer);
                case Action.GiveUpAfter _,
                        Action.Opened _,
                        Action.Up _,
                        Action.Down _,
                        Action.Deliver _,
                        Action.Refresh _ -> {
                    // Not the network's business.
                }
            }
        }

        private void arm(String scope, Timer timer, Duration time) {
            String key = scope + timer;
            long number = taskNumber;
            timers.put(key, number);
            long nanos =
                    timer.isJittered() ? (long) (time.toNanos() * (0.75 + random.nextDouble() / 4)) : time.toNanos();
            after(nanos, () -> {
                if (timers.getOrDefault(key, -1L) == number) {
                    timers.remove(key);
                    take(
                            scope.equals("peer")
                                    ? new PeerEvent.Expired(timer)
                                    : new PeerEvent.OnConnection(
                                            Integer.parseInt(scope.strip()), new Event.Expired(timer)));
                }
            });
        }
    }
}
