package io.berth.k8s;

import io.berth.bgp.PeerListener;
import io.berth.bgp.SessionState;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Notification;
import io.berth.bgp.message.Update;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs what an operator wants to read of sessions, and hands everything on to who counts it. A peer that cannot be reached is
 * tried for days: why is said once, and again when it is another reason.
 */
final class PeerLog implements PeerListener {

    private static final Logger LOG = LoggerFactory.getLogger(PeerLog.class);

    private final PeerListener next;
    private final Map<String, String> said = new HashMap<>();

    PeerLog(PeerListener next) {
        this.next = next;
    }

    @Override
    public void stateChanged(String peer, SessionState from, SessionState to, String reason) {
        if (to == SessionState.ESTABLISHED) {
            said.remove(peer);
            LOG.info("session peer={} state={}", peer, to);
        } else if (from == SessionState.ESTABLISHED) {
            said.put(peer, reason);
            LOG.warn("session peer={} state={} reason=\"{}\"", peer, to, reason);
        } else if (!reason.isEmpty() && !reason.equals(said.put(peer, reason))) {
            LOG.info("session peer={} state={} reason=\"{}\"", peer, to, reason);
        }
        next.stateChanged(peer, from, to, reason);
    }

    @Override
    public void notice(String text) {
        LOG.warn("{}", text);
        next.notice(text);
    }

    @Override
    public void removed(String peer) {
        said.remove(peer);
        LOG.info("session peer={} removed", peer);
        next.removed(peer);
    }

    @Override
    public void message(String peer, Direction direction, Message.Type type) {
        next.message(peer, direction, type);
    }

    @Override
    public void notification(String peer, Direction direction, Notification notification) {
        next.notification(peer, direction, notification);
    }

    @Override
    public void updateReceived(String peer, Update update) {
        next.updateReceived(peer, update);
    }

    @Override
    public void announced(String peer, Duration lag) {
        next.announced(peer, lag);
    }
}
