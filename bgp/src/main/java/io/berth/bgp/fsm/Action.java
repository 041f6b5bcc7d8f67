package io.berth.bgp.fsm;

import io.berth.bgp.codec.Negotiated;
import io.berth.bgp.message.Message;
import io.berth.bgp.message.Open;
import io.berth.bgp.message.RouteRefresh;
import io.berth.bgp.message.Update;
import java.time.Duration;

/** What the shell shall do for one connection, in this order. */
public sealed interface Action {

    record Send(Message message) implements Action {}

    /** Starts a timer, anew if it runs. */
    record Arm(Timer timer, Duration time) implements Action {}

    record Disarm(Timer timer) implements Action {}

    /** Has the kernel, too, give the connection up where the peer has taken nothing for so long. */
    record GiveUpAfter(Duration time) implements Action {}

    /** Closes the connection, once what was sent has left; its timers end with it. */
    record Close() implements Action {}

    /** The peer has said who it is. */
    record Opened(Open received, Negotiated negotiated) implements Action {}

    /** The session is Established. */
    record Up(Negotiated negotiated) implements Action {}

    /** The connection has ended. */
    record Down(Cause cause) implements Action {}

    /** Routes came in. */
    record Deliver(Update update) implements Action {}

    /** The peer wants everything again. */
    record Refresh(RouteRefresh request) implements Action {}
}
