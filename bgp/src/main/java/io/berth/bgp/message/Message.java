package io.berth.bgp.message;

/** A BGP message (RFC 4271 section 4; ROUTE-REFRESH from RFC 2918). */
public sealed interface Message permits Open, Update, Notification, Keepalive, RouteRefresh {

    /** The message types, by the number in the header. */
    enum Type {
        OPEN(1),
        UPDATE(2),
        NOTIFICATION(3),
        KEEPALIVE(4),
        ROUTE_REFRESH(5);

        private final int code;

        Type(int code) {
            this.code = code;
        }

        public int code() {
            return code;
        }
    }

    /** What kind of message this is. */
    default Type type() {
        return switch (this) {
            case Open _ -> Type.OPEN;
            case Update _ -> Type.UPDATE;
            case Notification _ -> Type.NOTIFICATION;
            case Keepalive _ -> Type.KEEPALIVE;
            case RouteRefresh _ -> Type.ROUTE_REFRESH;
        };
    }
}
