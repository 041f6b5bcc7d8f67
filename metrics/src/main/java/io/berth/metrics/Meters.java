package io.berth.metrics;

import java.util.List;

/** Every meter of Berth's own, in the order of the table that operators read. */
final class Meters {

    static final Meter POOL_ADDRESSES = Meter.gauge(
            "berth_pool_addresses",
            "Usable addresses of the pool, by what has become of them.",
            "pool",
            "family",
            "state");

    static final Meter POOL_UTILISATION_RATIO = Meter.gauge(
            "berth_pool_utilisation_ratio",
            "Assigned addresses of the pool over its usable ones, 0 to 1.",
            "pool",
            "family");

    static final Meter POOL_NAMESPACE_ADDRESSES = Meter.gauge(
            "berth_pool_namespace_addresses",
            "Addresses of the pool that services of the namespace hold; a shared one counts for each namespace.",
            "pool",
            "namespace",
            "family");

    static final Meter POOL_NAMESPACE_ADDRESS_SECONDS = Meter.counter(
            "berth_pool_namespace_address_seconds_total",
            "Addresses of the pool that services of the namespace held, times the seconds that they held them.",
            "pool",
            "namespace");

    static final Meter ALLOCATIONS = Meter.counter(
            "berth_allocations_total",
            "Decisions on services, by the reason given; without a pool where none was chosen.",
            "pool",
            "outcome");

    static final Meter SERVICES = Meter.gauge(
            "berth_services", "Services of type LoadBalancer that are ours, by how they are served.", "state");

    static final Meter SERVICES_PENDING = Meter.gauge(
            "berth_services_pending", "Services that wait for an address, by why they wait.", "namespace", "reason");

    static final Meter ALLOCATION_DURATION = Meter.histogram(
            "berth_allocation_duration_seconds", "Time from a service's turn to the decision on its addresses.");

    static final Meter CONFIG_WARNINGS =
            Meter.gauge("berth_config_warnings", "Pitfalls found in the configuration that is in use.", "reason");

    static final Meter BGP_SESSION_UP =
            Meter.gauge("berth_bgp_session_up", "Whether the session with the peer is Established.", "peer");

    static final Meter BGP_SESSION_STATE = Meter.gauge(
            "berth_bgp_session_state",
            "1 for the state of RFC 4271 that the session is in, 0 for the others.",
            "peer",
            "state");

    static final Meter BGP_SESSION_TRANSITIONS = Meter.counter(
            "berth_bgp_session_transitions_total", "Times the session has entered a state.", "peer", "to");

    static final Meter BGP_PREFIXES_ANNOUNCED = Meter.gauge(
            "berth_bgp_prefixes_announced",
            "Prefixes that the peer has been told of and that stand.",
            "peer",
            "family");

    static final Meter BGP_MESSAGES = Meter.counter(
            "berth_bgp_messages_total", "BGP messages exchanged with the peer.", "peer", "direction", "type");

    static final Meter BGP_NOTIFICATIONS = Meter.counter(
            "berth_bgp_notifications_total",
            "NOTIFICATIONs exchanged with the peer, by the numbers of RFC 4271 section 4.5.",
            "peer",
            "direction",
            "code",
            "subcode");

    static final Meter BGP_ANNOUNCEMENT_LAG = Meter.histogram(
            "berth_bgp_announcement_lag_seconds",
            "Time from the decision to change a route to its bytes being handed to TCP.");

    static final Meter BUILD_INFO = Meter.info("berth_build_info", "What runs here; always 1.", "version", "java");

    static final List<Meter> ALL = List.of(
            POOL_ADDRESSES,
            POOL_UTILISATION_RATIO,
            POOL_NAMESPACE_ADDRESSES,
            POOL_NAMESPACE_ADDRESS_SECONDS,
            ALLOCATIONS,
            SERVICES,
            SERVICES_PENDING,
            ALLOCATION_DURATION,
            CONFIG_WARNINGS,
            BGP_SESSION_UP,
            BGP_SESSION_STATE,
            BGP_SESSION_TRANSITIONS,
            BGP_PREFIXES_ANNOUNCED,
            BGP_MESSAGES,
            BGP_NOTIFICATIONS,
            BGP_ANNOUNCEMENT_LAG,
            BUILD_INFO);

    private Meters() {}
}
