package io.berth.bgp.message;

/** The error codes and subcodes that Berth sends or explains: RFC 4271 section 6, 4486, 5492, 6608, 7313, 8538, 9234, 9384, 9687. */
public enum NotificationCode {
    CONNECTION_NOT_SYNCHRONIZED(1, 1, "Connection Not Synchronized"),
    BAD_MESSAGE_LENGTH(1, 2, "Bad Message Length"),
    BAD_MESSAGE_TYPE(1, 3, "Bad Message Type"),
    OPEN_MESSAGE_ERROR(2, 0, ""),
    UNSUPPORTED_VERSION_NUMBER(2, 1, "Unsupported Version Number"),
    BAD_PEER_AS(2, 2, "Bad Peer AS"),
    BAD_BGP_IDENTIFIER(2, 3, "Bad BGP Identifier"),
    UNSUPPORTED_OPTIONAL_PARAMETER(2, 4, "Unsupported Optional Parameter"),
    UNACCEPTABLE_HOLD_TIME(2, 6, "Unacceptable Hold Time"),
    UNSUPPORTED_CAPABILITY(2, 7, "Unsupported Capability"),
    ROLE_MISMATCH(2, 11, "Role Mismatch"),
    UPDATE_MESSAGE_ERROR(3, 0, ""),
    MALFORMED_ATTRIBUTE_LIST(3, 1, "Malformed Attribute List"),
    UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE(3, 2, "Unrecognized Well-known Attribute"),
    MISSING_WELL_KNOWN_ATTRIBUTE(3, 3, "Missing Well-known Attribute"),
    ATTRIBUTE_FLAGS_ERROR(3, 4, "Attribute Flags Error"),
    ATTRIBUTE_LENGTH_ERROR(3, 5, "Attribute Length Error"),
    INVALID_ORIGIN(3, 6, "Invalid ORIGIN Attribute"),
    INVALID_NEXT_HOP(3, 8, "Invalid NEXT_HOP Attribute"),
    OPTIONAL_ATTRIBUTE_ERROR(3, 9, "Optional Attribute Error"),
    INVALID_NETWORK_FIELD(3, 10, "Invalid Network Field"),
    MALFORMED_AS_PATH(3, 11, "Malformed AS_PATH"),
    HOLD_TIMER_EXPIRED(4, 0, ""),
    FSM_ERROR(5, 0, ""),
    UNEXPECTED_MESSAGE_IN_OPEN_SENT(5, 1, "Receive Unexpected Message in OpenSent State"),
    UNEXPECTED_MESSAGE_IN_OPEN_CONFIRM(5, 2, "Receive Unexpected Message in OpenConfirm State"),
    UNEXPECTED_MESSAGE_IN_ESTABLISHED(5, 3, "Receive Unexpected Message in Established State"),
    CEASE(6, 0, ""),
    MAXIMUM_NUMBER_OF_PREFIXES_REACHED(6, 1, "Maximum Number of Prefixes Reached"),
    ADMINISTRATIVE_SHUTDOWN(6, 2, "Administrative Shutdown"),
    PEER_DECONFIGURED(6, 3, "Peer De-configured"),
    ADMINISTRATIVE_RESET(6, 4, "Administrative Reset"),
    CONNECTION_REJECTED(6, 5, "Connection Rejected"),
    OTHER_CONFIGURATION_CHANGE(6, 6, "Other Configuration Change"),
    CONNECTION_COLLISION_RESOLUTION(6, 7, "Connection Collision Resolution"),
    OUT_OF_RESOURCES(6, 8, "Out of Resources"),
    HARD_RESET(6, 9, "Hard Reset"),
    BFD_DOWN(6, 10, "BFD Down"),
    ROUTE_REFRESH_MESSAGE_ERROR(7, 1, "Invalid Message Length"),
    SEND_HOLD_TIMER_EXPIRED(8, 0, "");

    private final int code;
    private final int subcode;
    private final String words;

    NotificationCode(int code, int subcode, String words) {
        this.code = code;
        this.subcode = subcode;
        this.words = words;
    }

    public int code() {
        return code;
    }

    public int subcode() {
        return subcode;
    }

    /** The registry's words for a pair of codes, {@code Cease/Administrative Shutdown}, also for a pair that nobody assigned. */
    public static String name(int code, int subcode) {
        for (NotificationCode candidate : values()) {
            if (candidate.code == code && candidate.subcode == subcode && !candidate.words.isEmpty()) {
                return category(code) + "/" + candidate.words;
            }
        }
        return category(code);
    }

    private static String category(int code) {
        return switch (code) {
            case 1 -> "Message Header Error";
            case 2 -> "OPEN Message Error";
            case 3 -> "UPDATE Message Error";
            case 4 -> "Hold Timer Expired";
            case 5 -> "Finite State Machine Error";
            case 6 -> "Cease";
            case 7 -> "ROUTE-REFRESH Message Error";
            case 8 -> "Send Hold Timer Expired";
            default -> "Unknown Error";
        };
    }
}
