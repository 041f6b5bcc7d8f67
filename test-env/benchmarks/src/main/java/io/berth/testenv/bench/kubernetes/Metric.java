package io.berth.testenv.bench.kubernetes;

import java.util.Locale;

/** What a figure counts. Times are in nanoseconds, sizes in bytes. */
enum Metric {
    /** From before the request that creates a Service to the API server's answer. */
    CREATE_ANSWERED,
    /** From the same to the UPDATE at a collector. */
    ANNOUNCE_AT_COLLECTOR,
    /** From the same to the route in the router's kernel. */
    ANNOUNCE_AT_ROUTER,
    /** From before the request that makes the last endpoint unready to the API server's answer. */
    UNREADY_ANSWERED,
    WITHDRAW_AT_COLLECTOR,
    WITHDRAW_AT_ROUTER,

    /** How many there were at the start. */
    SERVICES,
    /** How many of them had an address, and a route, when all had or the time was up. */
    SERVICES_ALLOCATED,
    SERVICES_ANNOUNCED,
    /** From the start of both processes to the last status. */
    ALL_ALLOCATED,
    /** From the same to the last route in the router's kernel. */
    ALL_ANNOUNCED,
    /** Addresses that were seen on two services at any time. */
    ADDRESSES_GIVEN_TWICE,
    /** Writes that the API server took from everybody in that time. */
    WRITES,
    /** Status patches a second that it takes from a plain client, with nobody else at work. */
    WRITES_PER_SECOND,
    /** Seconds of one processor until all was announced, as all such times in nanoseconds. */
    CONTROLLER_CPU,
    SPEAKER_CPU,
    API_SERVER_CPU,
    ETCD_CPU,

    CONTROLLER_HEAP,
    CONTROLLER_RSS,
    CONTROLLER_PEAK_RSS,
    SPEAKER_HEAP,
    SPEAKER_RSS,
    SPEAKER_PEAK_RSS,

    /** From another start, with all services there, to readiness. */
    CONTROLLER_READY,
    SPEAKER_READY,
    /** From the speaker's other start to the last route in the router's kernel. */
    SPEAKER_ANNOUNCED_AGAIN,

    /** How often faults were let loose, and how often something was then not as it must be. */
    FAULT_ROUNDS,
    FAULT_ROUNDS_WRONG;

    static Metric of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
