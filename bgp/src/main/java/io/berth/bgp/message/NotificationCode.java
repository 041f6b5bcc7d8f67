package io.berth.bgp.message;

import java.util.Locale;

/** The error codes and subcodes that Berth sends or explains: RFC 4271 section 6, 4486, 5492, 6608, 7313, 8538, 9234, 9384, 9687. */
public enum NotificationCode {
    CONNECTION_NOT_SYNCHRONIZED(1, 1),
    BAD_MESSAGE_LENGTH(1, 2),
    BAD_MESSAGE_TYPE(1, 3),
    OPEN_MESSAGE_ERROR(2, 0),
    UNSUPPORTED_VERSION_NUMBER(2, 1),
    BAD_PEER_AS(2, 2),
    BAD_BGP_IDENTIFIER(2, 3),
    UNSUPPORTED_OPTIONAL_PARAMETER(2, 4),
    UNACCEPTABLE_HOLD_TIME(2, 6),
    UNSUPPORTED_CAPABILITY(2, 7),
    ROLE_MISMATCH(2, 11),
    UPDATE_MESSAGE_ERROR(3, 0),
    MALFORMED_ATTRIBUTE_LIST(3, 1),
    UNRECOGNIZED_WELL_KNOWN_ATTRIBUTE(3, 2),
    MISSING_WELL_KNOWN_ATTRIBUTE(3, 3),
    ATTRIBUTE_FLAGS_ERROR(3, 4),
    ATTRIBUTE_LENGTH_ERROR(3, 5),
    INVALID_ORIGIN(3, 6),
    INVALID_NEXT_HOP(3, 8),
    OPTIONAL_ATTRIBUTE_ERROR(3, 9),
    INVALID_NETWORK_FIELD(3, 10),
    MALFORMED_AS_PATH(3, 11),
    HOLD_TIMER_EXPIRED(4, 0),
    FSM_ERROR(5, 0),
    UNEXPECTED_MESSAGE_IN_OPEN_SENT(5, 1),
    UNEXPECTED_MESSAGE_IN_OPEN_CONFIRM(5, 2),
    UNEXPECTED_MESSAGE_IN_ESTABLISHED(5, 3),
    CEASE(6, 0),
    MAXIMUM_NUMBER_OF_PREFIXES_REACHED(6, 1),
    ADMINISTRATIVE_SHUTDOWN(6, 2),
    PEER_DECONFIGURED(6, 3),
    ADMINISTRATIVE_RESET(6, 4),
    CONNECTION_REJECTED(6, 5),
    OTHER_CONFIGURATION_CHANGE(6, 6),
    CONNECTION_COLLISION_RESOLUTION(6, 7),
    OUT_OF_RESOURCES(6, 8),
    HARD_RESET(6, 9),
    BFD_DOWN(6, 10),
    ROUTE_REFRESH_MESSAGE_ERROR(7, 1),
    SEND_HOLD_TIMER_EXPIRED(8, 0);

    private final int code;
    private final int subcode;

    NotificationCode(int code, int subcode) {
        this.code = code;
        this.subcode = subcode;
    }

    public int code() {
        return code;
    }

    public int subcode() {
        return subcode;
    }

    /** The field's words for a pair of codes, also for one that nobody has assigned. */
    public static String name(int code, int subcode) {
        String major = "";
        for (NotificationCode candidate : values()) {
            if (candidate.code == code && candidate.subcode == subcode) {
                return candidate.words();
            }
            if (candidate.code == code && candidate.subcode == 0) {
                major = candidate.words();
            }
        }
        return major.isEmpty() ? "unknown error" : major;
    }

    private String words() {
        return name().toLowerCase(Locale.ROOT)
                .replace('_', ' ')
                .replace(" as", " AS")
                .replace("bgp", "BGP");
    }
}
