package io.berth.k8s.advertisement;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.DynamicPeers;
import io.berth.bgp.HoldTime;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.Speaker;
import io.berth.bgp.message.Family;
import io.berth.k8s.collect.Change;
import io.berth.k8s.collect.ChangeLines;
import io.berth.k8s.collect.Collector;
import io.berth.k8s.loop.LoopThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A router on loopback that takes every session, and remembers what it is told. For one test thread. */
final class ListeningRouter implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 20;

    private final BlockingQueue<Change> changes = new LinkedBlockingQueue<>();
    private final List<String> heard = new ArrayList<>();
    private final Set<String> table = new TreeSet<>();
    private final LoopThread thread = LoopThread.named("router");
    private final Speaker speaker = new Speaker(
            new Collector(thread, InstantSource.system(), new Collector.Telling() {
                @Override
                public void changed(List<Change> together, Instant when) {
                    changes.addAll(together);
                }

                @Override
                public void notice(String text) {}
            }),
            new Random(7));
    private final InetSocketAddress address;

    ListeningRouter() throws IOException {
        address = speaker.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Local local = new Local(
                new Asn(64513), BgpIdentifier.parse("10.0.0.2"), HoldTime.DEFAULT, Set.of(Family.IPV4_UNICAST));
        speaker.accept(new DynamicPeers(local, new PeerAs.Any()));
        speaker.start();
    }

    /** The BGPPeer that leads here. */
    String manifest(String name) {
        return """
            apiVersion: metallb.io/v1beta2
            kind: BGPPeer
            metadata: {name: %s}
            spec: {myASN: 64512, peerASN: 64513, peerAddress: %s, peerPort: %d}
            """.formatted(name, address.getAddress().getHostAddress(), address.getPort());
    }

    /** Waits until exactly these prefixes have been announced and not withdrawn. */
    void awaitTable(String... prefixes) {
        Set<String> expected = Set.of(prefixes);
        await(() -> table.equals(expected));
        assertThat(table).isEqualTo(expected);
    }

    /** Waits for a line of {@link ChangeLines#text} that contains this. */
    void awaitLine(String part) {
        await(() -> heard.stream().anyMatch(line -> line.contains(part)));
        assertThat(heard).anyMatch(line -> line.contains(part));
    }

    /** What was heard of routes since this was last asked: "+ prefix" or "- prefix". */
    List<String> heardOfRoutes() {
        List<String> routes = heard.stream()
                .filter(line -> line.startsWith("+") || line.startsWith("-"))
                .map(line -> line.replaceFirst("^(. \\S+).*", "$1"))
                .toList();
        heard.clear();
        return routes;
    }

    private void await(BooleanSupplier enough) {
        try {
            while (!enough.getAsBoolean()) {
                Change next = changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (next == null) {
                    return;
                }
                take(next);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(Change change) {
        heard.add(ChangeLines.text(change));
        switch (change) {
            case Change.Announced announced -> table.add(announced.prefix().toString());
            case Change.Withdrawn withdrawn -> table.remove(withdrawn.prefix().toString());
            case Change.EndOfRib _, Change.State _ -> {
                // The table is as it was.
            }
        }
    }

    @Override
    public void close() {
        speaker.close("test over");
        thread.close();
    }
}
