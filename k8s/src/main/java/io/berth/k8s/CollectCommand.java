package io.berth.k8s;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.DynamicPeers;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.Speaker;
import io.berth.k8s.advertisement.OwnIdentifier;
import io.berth.k8s.collect.Collector;
import io.berth.k8s.loop.LoopThread;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth collect}: accepts sessions from anybody, dials whom it is told to, and tells what routes come in. */
@Command(
        name = "collect",
        description = {
            "A route collector: accepts BGP sessions from anybody, dials the peers that it",
            "is given, and prints every change of their routes, one a line. It announces",
            "nothing. SIGTERM or Ctrl-C closes the sessions, prints the routes that there",
            "were, and ends it.",
            ""
        })
@SuppressWarnings("NullAway.Init")
final class CollectCommand implements Callable<Integer> {

    @Mixin
    private SessionOptions session;

    @Option(
            names = "--peer",
            paramLabel = "ADDR:PORT",
            description = "Dial this peer; may be given several times. The port is 179 unless given.")
    private List<PeerAddress> peers = List.of();

    @Option(names = "--peer-as", paramLabel = "AS", description = "The AS that every peer must be of (default: any).")
    private Optional<Asn> peerAs;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json for one object a line (default: ${DEFAULT-VALUE}).")
    private LineFormat output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (session.listen().isEmpty() && peers.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "nothing to collect from: give --listen or --peer");
        }
        try (Termination termination = Termination.onSignal();
                LoopThread thread = LoopThread.named("output")) {
            CollectOutput printed = new CollectOutput(spec.commandLine(), output);
            Collector collector = new Collector(thread, InstantSource.system(), printed);
            Speaker speaker = new Speaker(OwnIntroduction.ofHost(), collector, RandomGenerator.getDefault());
            start(speaker);
            termination.await();
            collector.routes(printed::table);
            speaker.close("berth collect was stopped");
        }
        return 0;
    }

    private void start(Speaker speaker) throws IOException {
        Local local = session.local(ownIdentifier());
        PeerAs remoteAs = peerAs.<PeerAs>map(PeerAs.Exactly::new).orElse(new PeerAs.Any());
        speaker.accept(new DynamicPeers(local, remoteAs));
        if (session.listen().isPresent()) {
            InetSocketAddress address = speaker.listen(session.listen().get());
            spec.commandLine()
                    .getErr()
                    .println("listening on " + address.getAddress().getHostAddress() + ":" + address.getPort());
        }
        speaker.setPeers(peers.stream()
                .map(peer ->
                        new PeerConfig(peer.text(), peer.socket(), local, remoteAs, Connect.BOTH, Transport.DEFAULT))
                .collect(Collectors.toUnmodifiableSet()));
        speaker.start();
    }

    private BgpIdentifier ownIdentifier() {
        return peers.isEmpty()
                ? OwnIdentifier.of(session.listen()
                        .map(InetSocketAddress::getAddress)
                        .filter(address -> !address.isAnyLocalAddress())
                        .orElse(InetAddress.getLoopbackAddress()))
                : OwnIdentifier.towards(peers.getFirst().socket());
    }
}
