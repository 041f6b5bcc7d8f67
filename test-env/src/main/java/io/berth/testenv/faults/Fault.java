package io.berth.testenv.faults;

/** Something that happens while services come and go; {@link Scene} has how. */
enum Fault {
    CONTROLLER_KILLED,
    CONTROLLER_KILLED_WHILE_WRITING,
    /** Until another one decides, and then it goes on. */
    CONTROLLER_PAUSED,
    CONTROLLER_TOLD_TO_END,
    SPEAKER_KILLED,
    API_SERVER_KILLED,
    API_SERVER_GONE_FOR_A_MINUTE,
    API_SERVER_PAUSED,
    /** With 410 Gone. */
    WATCHES_EXPIRED
}
