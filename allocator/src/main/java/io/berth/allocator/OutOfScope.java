package io.berth.allocator;

/** What becomes of an address whose pool no longer admits the service that has it. */
public enum OutOfScope {
    /** It stays, and is reported: a label edit must not cause an outage. */
    KEEP,
    /** It is taken back and another given, as MetalLB does. */
    REASSIGN
}
