package io.berth.testenv.faults;

/** Which of several controllers gives addresses. */
enum Decides {
    /** The one that holds the Lease. */
    THE_LEADER,
    /** Each, as if each led: it was told not to ask for a Lease. */
    EVERYBODY
}
