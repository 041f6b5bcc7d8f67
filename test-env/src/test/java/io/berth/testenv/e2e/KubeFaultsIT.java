package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.faults.Witness;
import io.berth.testenv.kube.Workload;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Whatever happens to the API server, to a controller or to a speaker: no address is on two services at any moment, none changes,
 * none is lost, and in the end all services are served. What takes a minute is in the rounds of {@code ./test-env/bench faults}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeFaultsIT {

    private static final String TEAM = "team-a";
    private static final long SEED = 20_260_131;

    /** The Lease runs for 15 s, and whoever waits for it looks every 2 s. */
    private static final Duration TAKEOVER = Duration.ofSeconds(20);

    private final Random random = new Random(SEED);
    private final KubeSite site = KubeSite.start();
    private final Witness witness = new Witness(site.client());
    private final List<BerthProcess> controllers = new ArrayList<>();
    private BerthProcess speaker = site.speaker();

    @BeforeAll
    void thereIsRoom() {
        site.namespace(TEAM);
        site.apply(Manifest.together(Manifest.POOL.replace("/28", "/25"), Manifest.ADVERTISEMENT));
    }

    @AfterEach
    void nothingWasWrong() {
        assertThat(witness.wrongs()).as("berth said: %s", site.said()).isEmpty();
        var _ = site.client().services().inNamespace(TEAM).delete();
    }

    @AfterAll
    void close() {
        witness.close();
        site.close();
    }

    private BerthProcess controller(String... more) {
        BerthProcess controller = site.controller(more);
        controllers.add(controller);
        return controller;
    }

    /** The only controller, which leads: the one that an earlier test has left, where it has left one alone. */
    private BerthProcess leader() {
        controllers.removeIf(controller -> !controller.isAlive());
        if (controllers.size() != 1 || !isHeldBy(controllers.getFirst())) {
            noController();
            controller();
        }
        BerthProcess leader = controllers.getFirst();
        eventually(TAKEOVER, () -> assertThat(isHeldBy(leader)).isTrue());
        return leader;
    }

    private boolean isHeldBy(BerthProcess controller) {
        return site.leader().contains("_" + controller.pid() + "_");
    }

    private void noController() {
        controllers.forEach(BerthProcess::close);
        controllers.clear();
    }

    private static long termsEnded(BerthProcess controller) {
        return controller.stderr().stream()
                .filter(line -> line.contains("not leading any more"))
                .count();
    }

    private void create(String name) {
        var _ = site.client().resource(Workload.loadBalancer(TEAM, name)).create();
    }

    private void awaitAllServed(int count) {
        eventually(
                TAKEOVER,
                () -> assertThat(site.client()
                                .services()
                                .inNamespace(TEAM)
                                .list()
                                .getItems())
                        .as("berth said: %s", site.said())
                        .hasSize(count)
                        .allMatch(service -> service.getStatus()
                                        .getLoadBalancer()
                                        .getIngress()
                                        .size()
                                == 1));
    }

    @Test
    void anOutageOfAMomentIsNotNoticedAndWhatComesAfterItIsServed() {
        BerthProcess controller = leader();
        long ended = termsEnded(controller);
        site.service(TEAM, "before");
        String before = site.awaitAddress(TEAM, "before");
        site.awaitRoute(before);

        site.server().stop();
        assertThat(site.prefixes()).containsExactly(before + "/32");
        site.server().startAgain();

        site.service(TEAM, "after");
        site.awaitRoute(site.awaitAddress(TEAM, "after"));
        assertThat(site.addresses(TEAM, "before")).containsExactly(before);
        assertThat(termsEnded(controller)).isEqualTo(ended);
    }

    @Test
    void anOutageAsLongAsATermEndsItAndWhatComesAfterItIsServed() {
        BerthProcess controller = leader();
        long ended = termsEnded(controller);
        site.service(TEAM, "before");
        String before = site.awaitAddress(TEAM, "before");
        site.awaitRoute(before);

        site.server().pause();
        try {
            eventually(TAKEOVER, () -> assertThat(termsEnded(controller)).isGreaterThan(ended));
            assertThat(site.prefixes()).containsExactly(before + "/32");
        } finally {
            site.server().unpause();
        }

        site.service(TEAM, "after");
        site.awaitRoute(site.awaitAddress(TEAM, "after"));
        assertThat(site.addresses(TEAM, "before")).containsExactly(before);
    }

    @Test
    void watchesThatAreAnsweredWith410GoneMissNothingThatCameOrWent() {
        BerthProcess controller = leader();
        List.of("gone", "again", "stays").forEach(name -> site.service(TEAM, name));
        String stays = site.awaitAddress(TEAM, "stays");
        List.of("gone", "again").forEach(name -> site.awaitRoute(site.awaitAddress(TEAM, name)));
        site.awaitRoute(stays);
        String version =
                site.client().services().inAnyNamespace().list().getMetadata().getResourceVersion();

        controller.pause();
        try {
            site.server().forgetHistory();
            assertThat(site.endOfWatchFrom(version)).matches(WatcherException::isHttpGone);
            site.delete(TEAM, "gone");
            site.delete(TEAM, "again");
            site.service(TEAM, "again");
            site.service(TEAM, "new");
            // The speaker was not paused, and has heard of it by itself.
            site.awaitRoutes(stays + "/32");
        } finally {
            controller.unpause();
        }

        site.awaitRoutes(
                stays + "/32", site.awaitAddress(TEAM, "again") + "/32", site.awaitAddress(TEAM, "new") + "/32");
        assertThat(site.addresses(TEAM, "stays")).containsExactly(stays);
    }

    @Test
    void aLeaderThatIsKilledBetweenChoosingAndWritingIsSucceededWithinTheLeasesTime() {
        BerthProcess leader = leader();
        BerthProcess standby = controller();
        standby.awaitLine("it serves", line -> line.contains("serving"));
        int killedAfter = 10 + random.nextInt(20);
        for (int service = 0; service < 40; service++) {
            create("s-" + service);
            if (service == killedAfter) {
                // What it has sent and nobody has read yet is written after its end.
                site.server().pause();
                leader.kill();
                site.server().unpause();
            }
        }

        awaitAllServed(40);
        standby.awaitLine("it leads", line -> line.contains("leading"));
    }

    @Test
    void aLeaderThatIsToldToEndHandsOverAtOnce() {
        BerthProcess leader = leader();
        String holder = site.leader();
        BerthProcess standby = controller();
        standby.awaitLine("it serves", line -> line.contains("serving"));
        create("web");
        String address = site.awaitAddress(TEAM, "web");

        long told = System.nanoTime();
        assertThat(leader.terminate()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(5));

        eventually(Duration.ofSeconds(5), () -> assertThat(site.leader()).isNotIn("", holder));
        create("api");
        site.awaitAddress(TEAM, "api");
        assertThat(site.addresses(TEAM, "web")).containsExactly(address);
        assertThat(standby.terminate()).isZero();
        assertThat(site.leader()).isEmpty();
    }

    @Test
    void twoControllersThatBothDecideGiveNoAddressTwice() {
        noController();
        List.of(controller("--no-leader-elect"), controller("--no-leader-elect"))
                .forEach(each -> each.awaitLine("it serves", line -> line.contains("serving")));

        comeAndGo(60);
    }

    /** So many services come, a third of them go and come again meanwhile; in the end each has an address. */
    private void comeAndGo(int services) {
        List<String> present = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        for (int service = 0; service < services; service++) {
            create("s-" + service);
            present.add("s-" + service);
            if (random.nextInt(3) == 0) {
                String leaving = present.get(random.nextInt(present.size()));
                present.remove(leaving);
                gone.add(leaving);
                site.delete(TEAM, leaving);
            }
        }
        gone.forEach(this::create);
        awaitAllServed(services);
    }

    @Test
    void aThirdPartyThatWritesOnTheSameServicesChangesNothing() {
        leader();
        var done = new AtomicBoolean();
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
            for (int turn = 0; !done.get(); turn++) {
                touch("s-" + turn % 30, turn);
            }
        });

        try {
            comeAndGo(30);
        } finally {
            done.set(true);
            other.join();
        }
    }

    private void touch(String name, int turn) {
        try {
            var _ = site.client()
                    .services()
                    .inNamespace(TEAM)
                    .withName(name)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"annotations\":{\"example.org/turn\":\"" + turn + "\"}}}");
        } catch (KubernetesClientException e) {
            assertThat(e.getCode()).as(e.getMessage()).isIn(404, 409);
        }
    }

    @Test
    void aControllerThatIsKilledAndStartedAgainWhileServicesComeAndGoChangesNothing() {
        noController();
        BerthProcess first = controller("--no-leader-elect");
        first.awaitLine("it serves", line -> line.contains("serving"));
        CompletableFuture<Void> traffic = CompletableFuture.runAsync(() -> comeAndGo(60));

        for (BerthProcess running = first; !traffic.isDone(); ) {
            running.awaitLine("it decides", line -> line.contains("IPAllocated") || traffic.isDone());
            if (!traffic.isDone()) {
                running.kill();
                running = controller("--no-leader-elect");
            }
        }
        traffic.join();
    }

    @Test
    void aSpeakerThatIsKilledAndStartedAgainAnnouncesTheSame() {
        leader();
        site.service(TEAM, "web");
        site.service(TEAM, "api");
        String web = site.awaitAddress(TEAM, "web") + "/32";
        String api = site.awaitAddress(TEAM, "api") + "/32";
        site.awaitRoutes(web, api);

        speaker.kill();
        site.awaitRoutes();
        speaker = site.speaker();
        site.awaitRoutes(web, api);

        assertThat(speaker.terminate()).isZero();
        site.awaitRoutes();
        speaker = site.speaker();
    }

    @Test
    void aControllerThatRestartsMakesNoRouterHearAnything() {
        BerthProcess controller = leader();
        site.service(TEAM, "web");
        site.awaitRoute(site.awaitAddress(TEAM, "web"));
        int heard = updatesHeard();

        controller.terminate();
        leader();
        site.service(TEAM, "api");
        site.awaitRoute(site.awaitAddress(TEAM, "api"));

        assertThat(updatesHeard()).isEqualTo(heard + 1);
    }

    private int updatesHeard() {
        String[] words = site.router()
                .exec("vtysh", "-c", "show bgp neighbors")
                .lines()
                .filter(line -> line.strip().startsWith("Updates:"))
                .findFirst()
                .orElseThrow()
                .strip()
                .split("\\s+");
        return Integer.parseInt(words[2]);
    }
}
