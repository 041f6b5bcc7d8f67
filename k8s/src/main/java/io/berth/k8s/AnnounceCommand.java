package io.berth.k8s;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.HoldTime;
import io.berth.bgp.NextHop;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.Local;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.Speaker;
import io.berth.bgp.message.Family;
import io.berth.k8s.announce.Script;
import io.berth.k8s.announce.ScriptParser;
import io.berth.k8s.announce.StateLines;
import io.berth.metrics.http.ListenAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth announce}: a speaker that is told by a script on its standard input what to announce. */
@Command(
        name = "announce",
        description = {
            "A scriptable BGP speaker without Kubernetes. Reads commands from standard input, one a line:",
            "",
            "  announce PREFIX [next-hop ADDR] [local-preference N] [med N] [origin igp|egp|incomplete] [as-path \"AS"
                    + " AS\"]",
            "           [community N:N no-export ...] [large-community N:N:N ...]",
            "  withdraw PREFIX",
            "  flush        answers \"flushed N\" once the N announce and withdraw lines since the last flush are"
                    + " handed to TCP",
            "               for every established peer",
            "",
            "# starts a comment. At the end of the input it goes on announcing until SIGTERM or Ctrl-C."
        })
final class AnnounceCommand implements Callable<Integer> {

    @Option(names = "--local-as", paramLabel = "AS", required = true, description = "Our AS number.")
    private long localAs;

    @Option(names = "--peer-as", paramLabel = "AS", required = true, description = "The AS of every peer.")
    private long peerAs;

    @Option(
            names = "--peer",
            paramLabel = "ADDR:PORT",
            required = true,
            description = "A peer to dial; may be given several times.")
    private List<String> peers = List.of();

    @Option(
            names = "--local-address",
            paramLabel = "ADDR",
            description = "Dial from this address (default: the kernel's choice).")
    private Optional<String> localAddress = Optional.empty();

    @Option(
            names = "--router-id",
            paramLabel = "ID",
            description = "Our BGP Identifier (default: --local-address if that is IPv4, else 127.0.0.1).")
    private Optional<String> routerId = Optional.empty();

    @Option(
            names = "--listen",
            paramLabel = "ADDR:PORT",
            description = "Let the peers dial us here (default: nowhere).")
    private Optional<String> listen = Optional.empty();

    @Option(
            names = "--next-hop",
            paramLabel = "ADDR",
            split = ",",
            description = "Next hop of lines that name none, one of each family (default: our address in the session).")
    private List<String> nextHops = List.of();

    @Option(
            names = "--hold-time",
            paramLabel = "SECONDS",
            description = "Hold time to propose, 0 or 3 to 65535 (default: ${DEFAULT-VALUE}).",
            defaultValue = "90")
    private int holdTime;

    @Option(
            names = "--families",
            paramLabel = "FAMILY",
            split = ",",
            description = "ipv4, ipv6 or both (default: ${DEFAULT-VALUE}).",
            defaultValue = "ipv4,ipv6")
    private List<String> families = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description =
                    "json prints one JSON object for each change of a session's state (default: text for people).")
    private Optional<OutputFormat> output = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Map<Family, NextHop> spoken = spokenFamilies();
        Set<PeerConfig> configured = configured(local(spoken.keySet()));
        var form = output.filter(format -> format == OutputFormat.JSON).isPresent()
                ? StateLines.Form.JSON
                : StateLines.Form.TEXT;
        var speaker = new Speaker(new StateLines(form, out::println, err::println), RandomGenerator.getDefault());
        if (listen.isPresent()) {
            speaker.listen(socket("--listen", listen.get()));
        }
        speaker.setPeers(configured);
        speaker.start();
        var script = new Script(new ScriptParser(spoken), speaker, out, err);
        Thread.ofPlatform().name("script").daemon().start(() -> read(script));
        Termination.await(() -> speaker.close("berth announce was stopped"));
        return 0;
    }

    private void read(Script script) {
        try (var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), 1 << 16)) {
            script.run(input);
        } catch (IOException e) {
            spec.commandLine().getErr().println("error: standard input cannot be read: " + e.getMessage());
        }
    }

    private Map<Family, NextHop> spokenFamilies() {
        Map<Family, NextHop> spoken = new EnumMap<>(Family.class);
        for (String family : families) {
            switch (family) {
                case "ipv4" -> spoken.put(Family.IPV4_UNICAST, NextHop.self());
                case "ipv6" -> spoken.put(Family.IPV6_UNICAST, NextHop.self());
                default -> throw wrong("--families: must be ipv4, ipv6 or both, got '" + family + "'");
            }
        }
        for (String text : nextHops) {
            InetAddress hop = address("--next-hop", text);
            spoken.put(hop instanceof Inet4Address ? Family.IPV4_UNICAST : Family.IPV6_UNICAST, new NextHop.At(hop));
        }
        return spoken;
    }

    private Local local(Set<Family> spoken) {
        return new Local(
                asn("--local-as", localAs),
                checked("--router-id", () -> BgpIdentifier.parse(identifier())),
                checked("--hold-time", () -> new HoldTime(holdTime)),
                EnumSet.copyOf(spoken));
    }

    private String identifier() {
        return routerId.orElseGet(
                () -> localAddress.filter(address -> !address.contains(":")).orElse("127.0.0.1"));
    }

    private Set<PeerConfig> configured(Local local) {
        Transport transport = localAddress
                .map(address -> Transport.DEFAULT.withLocalAddress(address("--local-address", address)))
                .orElse(Transport.DEFAULT);
        Set<PeerConfig> configured = new HashSet<>();
        for (String peer : peers) {
            configured.add(new PeerConfig(
                    peer,
                    socket("--peer", peer),
                    local,
                    new PeerAs.Exactly(asn("--peer-as", peerAs)),
                    listen.isPresent() ? Connect.BOTH : Connect.DIAL,
                    transport));
        }
        return configured;
    }

    private Asn asn(String option, long number) {
        return checked(option, () -> new Asn(number));
    }

    private InetAddress address(String option, String text) {
        return checked(option, () -> InetAddress.ofLiteral(text));
    }

    private InetSocketAddress socket(String option, String text) {
        return checked(option, () -> ListenAddress.parse(text));
    }

    private <T> T checked(String option, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw wrong(option + ": " + e.getMessage());
        }
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
