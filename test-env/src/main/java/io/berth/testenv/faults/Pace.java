package io.berth.testenv.faults;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** How much time a round may take. */
public enum Pace {
    /** Seconds: one fault, after which nobody has to wait for the end of a Lease. */
    BRISK,
    /** Up to a minute and a half: anything, and then one more of those that take seconds. */
    PATIENT;

    /** What the faults of a round are picked from, one after the other. */
    List<Set<Fault>> faults(Decides decides) {
        return switch (this) {
            case BRISK -> List.of(quick(decides));
            case PATIENT -> List.of(EnumSet.allOf(Fault.class), quick(decides));
        };
    }

    private static Set<Fault> quick(Decides decides) {
        Set<Fault> quick =
                EnumSet.complementOf(EnumSet.of(Fault.API_SERVER_GONE_FOR_A_MINUTE, Fault.API_SERVER_PAUSED));
        if (decides == Decides.THE_LEADER) {
            quick.removeAll(EnumSet.of(
                    Fault.CONTROLLER_KILLED, Fault.CONTROLLER_KILLED_WHILE_WRITING, Fault.CONTROLLER_PAUSED));
        }
        return quick;
    }
}
