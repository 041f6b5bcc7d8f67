package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
 * none is lost, and in the end all services are served.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubeFaultsIT {

    private static final String TEAM = "team-a";
    private static final long SEED = 20_260_131;

    /** The Lease runs for 15 s, and whoever waits for it looks every 2 s. */
    private static final Duration TAKEOVER = Duration.ofSeconds(20);

    private final Random random = new Random(SEED);
    private final KubeSite site = KubeSite.start();
    private final List<BerthProcess> started = new ArrayList<>();
    private KubeWitness witness = new KubeWitness(site.client());

    @BeforeAll
    void thereIsRoom() {
        site.namespace(TEAM);
        site.apply(Manifest.together(Manifest.POOL.replace("/28", "/25"), Manifest.ADVERTISEMENT));
    }

    @AfterEach
    void nothingWasWrong() {
        started.forEach(BerthProcess::close);
        started.clear();
        try {
            witness.hasSeenNothingWrong();
        } finally {
            witness.close();
            var _ = site.client().services().inNamespace(TEAM).delete();
            witness = new KubeWitness(site.client());
        }
    }

    @AfterAll
    void close() {
        witness.close();
        site.close();
    }

    private BerthProcess controller(String... more) {
        BerthProcess controller = site.controller(more);
        started.add(controller);
        return controller;
    }

    private BerthProcess leader() {
        BerthProcess controller = controller();
        controller.awaitLine("it leads", line -> line.contains("leading"));
        return controller;
    }

    private BerthProcess speaker() {
        BerthProcess speaker = site.speaker();
        started.add(speaker);
        return speaker;
    }

    private void create(String name) {
        var _ = site.client()
                .resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withNamespace(TEAM)
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .withType("LoadBalancer")
                        .addNewPort()
                        .withPort(80)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
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
    void anOutageOfTheApiServerChangesNothingAndWhatComesAfterItIsServed() {
        BerthProcess controller = leader();
        speaker();
        site.service(TEAM, "before");
        String before = site.awaitAddress(TEAM, "before");
        site.awaitRoute(before);

        site.server().stop();
        controller.awaitLine("its term ended", line -> line.contains("not leading any more"));
        assertThat(site.prefixes()).containsExactly(before + "/32");
        site.server().startAgain();

        site.service(TEAM, "after");
        site.awaitRoute(site.awaitAddress(TEAM, "after"));
        assertThat(site.addresses(TEAM, "before")).containsExactly(before);
    }

    @Test
    void anApiServerThatRestartsIsNotNoticed() {
        BerthProcess controller = leader();
        speaker();
        site.service(TEAM, "before");
        site.awaitRoute(site.awaitAddress(TEAM, "before"));

        site.server().kill();
        site.server().startAgain();

        site.service(TEAM, "after");
        site.awaitRoute(site.awaitAddress(TEAM, "after"));
        assertThat(controller.stderr()).noneMatch(line -> line.contains("not leading any more"));
    }

    @Test
    void anApiServerThatStandsStillEndsATermAndWhatComesAfterItIsServed() {
        BerthProcess controller = leader();
        speaker();
        site.service(TEAM, "before");
        String before = site.awaitAddress(TEAM, "before");
        site.awaitRoute(before);

        site.server().pause();
        controller.awaitLine("its term ended", line -> line.contains("not leading any more"));
        assertThat(site.prefixes()).containsExactly(before + "/32");
        site.server().unpause();

        site.service(TEAM, "after");
        site.awaitRoute(site.awaitAddress(TEAM, "after"));
    }

    @Test
    void aLeaderThatIsKilledWhileServicesAreCreatedIsSucceededWithinTheLeasesTime() {
        BerthProcess leader = leader();
        BerthProcess standby = controller();
        int killedAfter = 10 + random.nextInt(20);
        for (int service = 0; service < 40; service++) {
            create("s-" + service);
            if (service == killedAfter) {
                leader.kill();
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
        for (int process = 0; process < 2; process++) {
            controller("--no-leader-elect").awaitLine("it serves", line -> line.contains("serving"));
        }

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
        BerthProcess speaker = speaker();
        site.service(TEAM, "web");
        site.service(TEAM, "api");
        String web = site.awaitAddress(TEAM, "web") + "/32";
        String api = site.awaitAddress(TEAM, "api") + "/32";
        site.awaitRoutes(web, api);

        speaker.kill();
        site.awaitRoutes();
        BerthProcess next = speaker();

        site.awaitRoutes(web, api);
        assertThat(next.terminate()).isZero();
        site.awaitRoutes();
    }

    @Test
    void aControllerThatRestartsMakesNoRouterHearAnything() {
        BerthProcess controller = leader();
        speaker();
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
