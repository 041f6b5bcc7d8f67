package io.berth.k8s;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.DynamicPeers;
import io.berth.bgp.HoldTime;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.Speaker;
import io.berth.bgp.message.Family;
import io.berth.k8s.collect.AdjRibIn;
import io.berth.k8s.collect.Change;
import io.berth.k8s.collect.ChangeLines;
import io.berth.metrics.http.ListenAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth collect}: accepts sessions from anybody, dials whom it is told to, and tells what routes come in. */
@Command(
        name = "collect",
        description = {
            "A route collector: accepts BGP sessions from anybody, dials the peers that it is given, and prints every"
                    + " change of",
            "their routes, one a line. It announces nothing. Ctrl-C ends it."
        })
final class CollectCommand implements Callable<Integer> {

    @Option(names = "--listen", paramLabel = "ADDR:PORT", description = "Accept sessions here (default: nowhere).")
    private Optional<String> listen = Optional.empty();

    @Option(names = "--local-as", paramLabel = "AS", required = true, description = "Our AS number.")
    private long localAs;

    @Option(
            names = "--router-id",
            paramLabel = "ID",
            description = "Our BGP Identifier (default: ${DEFAULT-VALUE}).",
            defaultValue = "127.0.0.1")
    private String routerId = "127.0.0.1";

    @Option(names = "--peer", paramLabel = "ADDR:PORT", description = "Dial this peer; may be given several times.")
    private List<String> peers = List.of();

    @Option(names = "--peer-as", paramLabel = "AS", description = "The AS that every peer must be of (default: any).")
    private Optional<Long> peerAs = Optional.empty();

    @Option(
            names = "--hold-time",
            paramLabel = "SECONDS",
            description = "Hold time to propose, 0 or 3 to 65535 (default: ${DEFAULT-VALUE}).",
            defaultValue = "90")
    private int holdTime;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "json prints one JSON object a line (default: text for people).")
    private Optional<OutputFormat> output = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (listen.isEmpty() && peers.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "nothing to collect from: give --listen or --peer");
        }
        PrintWriter out = spec.commandLine().getOut();
        var routes = new AdjRibIn(change -> out.println(line(change)));
        var speaker = new Speaker(routes, RandomGenerator.getDefault());
        speaker.accept(new DynamicPeers(local(), remoteAs()));
        if (listen.isPresent()) {
            InetSocketAddress address = speaker.listen(socket("--listen", listen.get()));
            spec.commandLine()
                    .getErr()
                    .println("listening on " + address.getAddress().getHostAddress() + ":" + address.getPort());
        }
        speaker.setPeers(configured());
        speaker.start();
        Termination.await(() -> speaker.close("berth collect was stopped"));
        return 0;
    }

    private String line(Change change) {
        return output.filter(format -> format == OutputFormat.JSON).isPresent()
                ? ChangeLines.json(change, Instant.now())
                : ChangeLines.text(change);
    }

    private Local local() {
        try {
            return new Local(
                    new Asn(localAs),
                    BgpIdentifier.parse(routerId),
                    new HoldTime(holdTime),
                    EnumSet.allOf(Family.class));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private PeerAs remoteAs() {
        try {
            return peerAs.<PeerAs>map(as -> new PeerAs.Exactly(new Asn(as))).orElse(new PeerAs.Any());
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--peer-as: " + e.getMessage(), e);
        }
    }

    private Set<PeerConfig> configured() {
        Set<PeerConfig> configured = new HashSet<>();
        for (String peer : peers) {
            configured.add(
                    new PeerConfig(peer, socket("--peer", peer), local(), remoteAs(), Connect.BOTH, Transport.DEFAULT));
        }
        return configured;
    }

    private InetSocketAddress socket(String option, String text) {
        try {
            return ListenAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), option + ": " + e.getMessage(), e);
        }
    }
}
