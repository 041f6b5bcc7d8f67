package io.berth.bgp.fsm;

import io.berth.bgp.PeerConfig;
import io.berth.bgp.SessionState;
import io.berth.bgp.fsm.PeerState.Connection;
import io.berth.bgp.fsm.PeerState.Wanted;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.NotificationCode;
import io.berth.bgp.message.Open;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One step of a {@link PeerMachine} while it is being made: what is known so far, and the actions so far. */
final class PeerTurn {

    private final PeerConfig peer;
    private final ConnectionMachine machine;
    private final Collision collision;

    private final SessionState before;
    private final List<PeerAction> actions = new ArrayList<>();
    private final Map<Role, Connection> connections;
    private Wanted wanted;
    private Backoff backoff;
    private int generation;
    private String reason;

    PeerTurn(PeerConfig peer, ConnectionMachine machine, Collision collision, PeerState state) {
        this.peer = peer;
        this.machine = machine;
        this.collision = collision;
        this.before = state.session();
        this.connections = new EnumMap<>(Role.class);
        this.connections.putAll(state.connections());
        this.wanted = state.wanted();
        this.backoff = state.backoff();
        this.generation = state.generation();
        this.reason = state.reason();
    }

    void take(PeerEvent event) {
        switch (event) {
            case PeerEvent.Start _ -> start();
            case PeerEvent.Stop(Notification notification, String detail) -> {
                wanted = Wanted.STOPPED;
                reason = detail;
                actions.add(new PeerAction.Disarm(Timer.RETRY));
                stopAll(notification, detail);
            }
            case PeerEvent.Reset(Notification notification, String detail) -> stopAll(notification, detail);
            case PeerEvent.Accepted _ -> accepted();
            case PeerEvent.Expired(Timer timer) -> expired(timer);
            case PeerEvent.OnConnection(int number, Event happened) ->
                roleOf(number).ifPresent(role -> advance(role, happened));
        }
    }

    PeerStep step() {
        var after = new PeerState(wanted, connections, backoff, generation, reason);
        if (after.session() != before) {
            actions.add(new PeerAction.StateChanged(before, after.session(), reason));
        }
        return new PeerStep(after, actions);
    }

    private void start() {
        if (wanted == Wanted.STARTED) {
            return;
        }
        wanted = Wanted.STARTED;
        reason = "";
        dial();
    }

    private void dial() {
        if (peer.connect() == PeerConfig.Connect.LISTEN || connections.containsKey(Role.DIALLED) || isEstablished()) {
            return;
        }
        generation++;
        actions.add(new PeerAction.Dial(generation));
        enter(Role.DIALLED, machine.dialling());
    }

    private void accepted() {
        if (wanted == Wanted.STOPPED || peer.connect() == PeerConfig.Connect.DIAL) {
            actions.add(new PeerAction.Reject(Notification.of(NotificationCode.CONNECTION_REJECTED)));
            return;
        }
        Connection older = connections.get(Role.ACCEPTED);
        if (older != null && older.state() instanceof State.Established) {
            actions.add(new PeerAction.Reject(Notification.of(NotificationCode.CONNECTION_COLLISION_RESOLUTION)));
            return;
        }
        if (older != null) {
            // The peer has forgotten the older one, or would not have dialled again.
            redundant(Role.ACCEPTED);
        }
        generation++;
        actions.add(new PeerAction.Adopt(generation));
        enter(Role.ACCEPTED, machine.accepted());
    }

    private void expired(Timer timer) {
        switch (timer) {
            case RETRY -> {
                if (wanted == Wanted.STARTED) {
                    dial();
                }
            }
            case STABLE -> backoff = backoff.afterStability();
            case CONNECT, OPEN, HOLD, KEEPALIVE, SEND_HOLD -> {
                // These belong to connections.
            }
        }
    }

    private void advance(Role role, Event event) {
        connection(role).ifPresent(connection -> enter(role, machine.step(connection.state(), event)));
    }

    /** Takes over the state that a connection has come to, and sees to what it asks of the peer. */
    private void enter(Role role, Step step) {
        Connection known = connection(role).orElse(new Connection(generation, step.state(), Optional.empty()));
        connections.put(role, new Connection(known.generation(), step.state(), known.received()));
        for (Action action : step.actions()) {
            actions.add(new PeerAction.OnConnection(known.generation(), action));
            switch (action) {
                case Action.Opened opened -> opened(role, opened.received());
                case Action.Up _ -> up(role);
                case Action.Down(Cause cause) -> down(role, cause);
                default -> {
                    // The shell's business alone.
                }
            }
        }
    }

    /** RFC 4271 section 6.8: with the peer's OPEN it is known who it is, so now its other connection can be judged. */
    private void opened(Role role, Open received) {
        Connection known = connections.get(role);
        if (known != null) {
            connections.put(role, new Connection(known.generation(), known.state(), Optional.of(received)));
        }
        connection(role.other()).ifPresent(other -> {
            switch (other.state()) {
                case State.Established _ -> dump(role);
                case State.OpenConfirm _ -> dump(collision.winner(received).other());
                case State.Connect _, State.OpenSent _, State.Closed _ -> {
                    // It will be judged when its own OPEN comes, if it ever does.
                }
            }
        });
    }

    private void dump(Role loser) {
        advance(
                loser,
                new Event.Stop(
                        Notification.of(NotificationCode.CONNECTION_COLLISION_RESOLUTION),
                        "both sides connected at once"));
    }

    private void up(Role role) {
        reason = "";
        actions.add(new PeerAction.Disarm(Timer.RETRY));
        actions.add(new PeerAction.Arm(Timer.STABLE, Backoff.STABLE_AFTER));
        connection(role.other())
                .filter(other -> other.state() instanceof State.Connect)
                .ifPresent(_ -> redundant(role.other()));
    }

    /** Closes a connection that nobody misses, without a word. */
    private void redundant(Role role) {
        Connection connection = connections.remove(role);
        if (connection != null) {
            actions.add(new PeerAction.OnConnection(connection.generation(), new Action.Close()));
            actions.add(new PeerAction.OnConnection(connection.generation(), new Action.Down(new Cause.Redundant())));
        }
    }

    private void down(Role role, Cause cause) {
        connections.remove(role);
        if (isCollision(cause) || connections.values().stream().anyMatch(PeerTurn::isAlive)) {
            return;
        }
        if (wanted == Wanted.STOPPED) {
            return;
        }
        reason = cause.sentence();
        actions.add(new PeerAction.Disarm(Timer.STABLE));
        actions.add(new PeerAction.Arm(Timer.RETRY, backoff.pause(cause.courtesy())));
        backoff = backoff.afterFailure();
    }

    /** We closed it because the peer has another one; should that one fail too, its own end arms the retry. */
    private boolean isCollision(Cause cause) {
        return cause instanceof Cause.Sent sent
                && sent.notification().equals(Notification.of(NotificationCode.CONNECTION_COLLISION_RESOLUTION))
                && !connections.isEmpty();
    }

    private static boolean isAlive(Connection connection) {
        return !(connection.state() instanceof State.Closed);
    }

    private void stopAll(Notification notification, String detail) {
        for (Role role : Role.values()) {
            advance(role, new Event.Stop(notification, detail));
        }
    }

    private boolean isEstablished() {
        return connections.values().stream().anyMatch(connection -> connection.state() instanceof State.Established);
    }

    private Optional<Connection> connection(Role role) {
        return Optional.ofNullable(connections.get(role));
    }

    private Optional<Role> roleOf(int number) {
        return connections.entrySet().stream()
                .filter(entry -> entry.getValue().generation() == number)
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
