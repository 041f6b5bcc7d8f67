package io.berth.testenv.faults;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.Eventually;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Two controllers and the node's speaker. Whoever falls out is replaced. */
final class Crew implements AutoCloseable {

    /** The Lease runs for 15 s, and whoever waits for it looks every 2 s; a busy machine may take as long to start a process. */
    private static final Duration TAKEOVER = Duration.ofSeconds(60);

    private final Ground ground;
    private final Decides decides;
    private final List<BerthProcess> controllers = new ArrayList<>();
    private final List<BerthProcess> everybody = new ArrayList<>();
    private BerthProcess speaker;

    Crew(Ground ground, Decides decides) {
        this.ground = ground;
        this.decides = decides;
        speaker = startSpeaker();
        controllers.add(startController());
        controllers.add(startController());
        awaitServing(speaker);
        controllers.forEach(Crew::awaitServing);
    }

    Decides decides() {
        return decides;
    }

    private BerthProcess startController() {
        return switch (decides) {
            case THE_LEADER -> start("controller");
            case EVERYBODY -> start("controller", "--no-leader-elect");
        };
    }

    private BerthProcess startSpeaker() {
        return start("speaker", "--node-name", ground.node());
    }

    private BerthProcess start(String... words) {
        List<String> arguments = new ArrayList<>(List.of(words));
        arguments.addAll(List.of("--http", "127.0.0.1:0", "--namespace", ground.namespace()));
        BerthProcess started = BerthProcess.startFor(ground.server().kubeconfig(), arguments.toArray(String[]::new));
        everybody.add(started);
        // However the rounds end, nobody goes on giving addresses.
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        return started;
    }

    private static void awaitServing(BerthProcess started) {
        Eventually.eventually(
                TAKEOVER, started::stderr, said -> said.stream().anyMatch(line -> line.contains("serving")));
    }

    List<BerthProcess> controllers() {
        return List.copyOf(controllers);
    }

    /** One that decides; waits for it where nobody does. */
    BerthProcess decider(RandomGenerator random) {
        return switch (decides) {
            case THE_LEADER -> awaitLeader(any -> true);
            case EVERYBODY -> controllers.get(random.nextInt(controllers.size()));
        };
    }

    /** Waits until somebody else decides. */
    void awaitAnotherThan(BerthProcess former) {
        if (decides == Decides.THE_LEADER) {
            awaitLeader(leader -> !leader.equals(former));
        }
    }

    private BerthProcess awaitLeader(Predicate<BerthProcess> wanted) {
        Lead lead =
                Eventually.eventually(TAKEOVER, this::lead, now -> now.leader() != null && wanted.test(now.leader()));
        if (lead.leader() == null) {
            throw new IllegalStateException("nobody leads");
        }
        return lead.leader();
    }

    /** Who holds the Lease; null where none of the crew does. */
    private record Lead(@Nullable BerthProcess leader) {}

    private Lead lead() {
        @Nullable
        Lease lease = ground.client()
                .leases()
                .inNamespace(ground.namespace())
                .withName("berth-controller")
                .get();
        String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
        return new Lead(controllers.stream()
                .filter(each -> holder != null && holder.contains("_" + each.pid() + "_"))
                .findFirst()
                .orElse(null));
    }

    /** Another controller takes the place of one that has ended. */
    void replace(BerthProcess gone) {
        controllers.remove(gone);
        controllers.add(startController());
        awaitServing(controllers.getLast());
    }

    /** The speaker is killed, and another one started. */
    void replaceSpeaker() {
        speaker.kill();
        speaker = startSpeaker();
    }

    /** What all of them have said, also those that are gone. */
    List<String> said() {
        return everybody.stream()
                .flatMap(each -> each.stderr().stream().map(line -> each.pid() + ": " + line))
                .toList();
    }

    @Override
    public void close() {
        everybody.forEach(BerthProcess::close);
    }
}
