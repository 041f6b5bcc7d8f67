package io.berth.testenv.demo;

import java.util.List;

/** The router at the other end of the demo's one BGP session. */
interface DemoRouter extends AutoCloseable {

    /** What it is, for a person: "FRR 10.3 in a container at 10.89.100.2:179". */
    String description();

    /** The BGPPeer manifest that makes Berth dial this router. */
    String peerManifest();

    /** The prefixes that the router itself believes it has received, each with what it says of it. */
    List<TableEntry> table();

    @Override
    void close();

    /** One line of the router's BGP table. */
    record TableEntry(String prefix, String nextHop, String asPath, String communities) {}
}
