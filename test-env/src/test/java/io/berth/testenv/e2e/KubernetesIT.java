package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.testenv.BerthProcess;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A controller and a speaker on a real API server, and what the router believes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubernetesIT {

    private final KubeSite site = KubeSite.start();
    private BerthProcess controller;

    @BeforeAll
    void berthIsAtWork() {
        site.namespace("team-a");
        site.apply(Manifest.together(Manifest.POOL, Manifest.ADVERTISEMENT));
        controller = site.run();
        controller.awaitLine("it leads", line -> line.contains("leading"));
    }

    @AfterAll
    void close() {
        site.close();
    }

    @Test
    void aServiceGetsAnAddressAndARouteAndLosesBothWhenItGoes() {
        site.service("team-a", "web");

        eventually(() -> assertThat(site.addresses("team-a", "web")).hasSize(1));
        String address = site.addresses("team-a", "web").getFirst();
        eventually(() -> assertThat(site.router().routes())
                .as("%s", site.said())
                .anyMatch(route -> route.prefix().equals(address + "/32")));

        site.client().services().inNamespace("team-a").withName("web").delete();
        eventually(() -> assertThat(site.router().routes())
                .noneMatch(route -> route.prefix().equals(address + "/32")));
    }
}
