package io.berth.k8s;

import io.berth.bgp.Asn;
import io.berth.bgp.BgpIdentifier;
import io.berth.bgp.NextHop;
import io.berth.bgp.PeerConfig;
import io.berth.bgp.PeerConfig.Connect;
import io.berth.bgp.PeerConfig.PeerAs;
import io.berth.bgp.PeerConfig.Reach;
import io.berth.bgp.PeerConfig.Transport;
import io.berth.bgp.Speaker;
import io.berth.bgp.message.Family;
import io.berth.k8s.advertisement.OwnIdentifier;
import io.berth.k8s.announce.Script;
import io.berth.k8s.announce.ScriptParser;
import io.berth.k8s.loop.LoopThread;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code berth announce}: a speaker that does what it is told on standard input. */
@Command(
        name = "announce",
        description = {
            "A BGP speaker that follows a script on standard input, one command a line:",
            "",
            "  announce PREFIX [next-hop ADDR] [local-preference N] [med N]",
            "           [origin igp|egp|incomplete] [as-path \"AS AS\"]",
            "           [community N:N no-export ...] [large-community N:N:N ...]",
            "  withdraw PREFIX",
            "  flush",
            "",
            "flush is answered by 'flushed N' once the N announcements and withdrawals since",
            "the last one have reached TCP for every established peer. # starts a comment.",
            "A line that cannot be understood changes nothing and is answered by",
            "'error: line N: ...' on standard error. At the end of input it goes on",
            "announcing; SIGTERM or Ctrl-C closes the sessions and ends it.",
            ""
        })
@SuppressWarnings("NullAway.Init")
final class AnnounceCommand implements Callable<Integer> {

    @Mixin
    private SessionOptions session;

    @Option(
            names = "--peer",
            paramLabel = "ADDR:PORT",
            required = true,
            description = "Announce to this peer; may be given several times. The port is 179 unless given.")
    private List<PeerAddress> peers;

    @Option(names = "--peer-as", paramLabel = "AS", required = true, description = "The AS of every peer.")
    private Asn peerAs;

    @Option(
            names = "--local-address",
            paramLabel = "ADDR",
            description = "Where our connections start (default: as the kernel has it).")
    private Optional<InetAddress> localAddress;

    @Option(
            names = "--next-hop",
            paramLabel = "ADDR",
            description = "The next hop of routes of its family that name none (default: our address in the session).")
    private Optional<InetAddress> nextHop;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file with the TCP MD5 password of the sessions; a line end at its end does not count.")
    private Optional<Path> passwordFile;

    @Option(
            names = "--ttl-security",
            paramLabel = "HOPS",
            description = "Take nothing from a peer that has come further than this (RFC 5082): 1 for the same link,"
                    + " up to 254. The peer must be told the same (default: from anywhere).")
    private Optional<Integer> ttlSecurity;

    @Option(
            names = "--multihop",
            paramLabel = "TTL",
            description = "The TTL of what we send, 1 to 255 (default: as the kernel has it).")
    private Optional<Integer> multihop;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "How changes of state are printed: text, or json for one object a line.")
    private LineFormat output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Transport transport = transport();
        try (Termination termination = Termination.onSignal();
                LoopThread printing = LoopThread.named("output")) {
            AnnounceOutput printed = new AnnounceOutput(spec.commandLine(), output, printing);
            Speaker speaker = new Speaker(OwnIntroduction.ofHost(), printed, RandomGenerator.getDefault());
            if (session.listen().isPresent()) {
                speaker.listen(session.listen().get());
            }
            speaker.setPeers(configured(transport));
            speaker.start();
            Script script = new Script(new ScriptParser(nextHops()), speaker, printed);
            Thread.ofPlatform().name("script").daemon().start(() -> follow(script, printed));
            termination.await();
            speaker.close("berth announce was stopped");
        }
        return 0;
    }

    private static void follow(Script script, AnnounceOutput printed) {
        try {
            script.follow(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            printed.inputLost(unreadable);
        } catch (RejectedExecutionException _) {
            // The speaker is closed: nothing is announced any more, whatever else the script says.
        }
    }

    private Set<PeerConfig> configured(Transport transport) {
        BgpIdentifier identifier = OwnIdentifier.towards(peers.getFirst().socket());
        PeerConfig.Local local =
                session.local(localAddress.map(OwnIdentifier::of).orElse(identifier));
        Connect connect = session.listen().isPresent() ? Connect.BOTH : Connect.DIAL;
        return peers.stream()
                .map(peer -> new PeerConfig(
                        peer.text(), peer.socket(), local, new PeerAs.Exactly(peerAs), connect, transport))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Transport transport() throws IOException {
        Transport given = localAddress.map(Transport.DEFAULT::withLocalAddress).orElse(Transport.DEFAULT);
        Transport limited = given.withReach(reach());
        return passwordFile.isEmpty() ? limited : limited.withPassword(password(passwordFile.get()));
    }

    private Reach reach() {
        if (multihop.isPresent() && ttlSecurity.isPresent()) {
            throw new ParameterException(spec.commandLine(), "only one of --multihop and --ttl-security may be given");
        }
        try {
            return ttlSecurity
                    .<Reach>map(Reach.Secured::new)
                    .or(() -> multihop.map(Reach.Within::new))
                    .orElse(new Reach.Anywhere());
        } catch (IllegalArgumentException e) {
            String option = ttlSecurity.isPresent() ? "--ttl-security" : "--multihop";
            throw new ParameterException(
                    spec.commandLine(), "Invalid value for option '" + option + "': " + e.getMessage(), e);
        }
    }

    private static String password(Path file) throws IOException {
        String password = Files.readString(file).stripTrailing();
        if (password.isEmpty()) {
            throw new IOException(file + ": there is no password in it");
        }
        return password;
    }

    private Map<Family, NextHop> nextHops() {
        return session.families().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        family -> nextHop.filter(address -> Family.of(address) == family)
                                .<NextHop>map(NextHop.At::new)
                                .orElse(NextHop.self())));
    }
}
