package io.berth.metrics;

import io.berth.bgp.PeerSnapshot;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where a scrape looks. Each is asked on the thread of whoever scrapes, several at once, and answers with what is immutable.
 * What a process does not do it answers with an empty list.
 *
 * @param version  of this build
 * @param warnings the reason of every warning about the configuration in use
 * @param peers    the peers as they are now
 */
public record Sources(String version, Supplier<List<String>> warnings, Supplier<List<PeerSnapshot>> peers) {}
