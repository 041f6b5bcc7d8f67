package io.berth.k8s.lint;

import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.Warning.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;

class DuplicateAddressesTest {

    private static final String KEY = "annotations: {metallb.io/allow-shared-ip: dns}";

    private static final String KEY_EVERYWHERE =
            "annotations: {metallb.io/allow-shared-ip: dns, berth.io/share-across-namespaces: 'true'}";

    private static String holder(String key, String metadata) {
        return service(key, "", metadata, "10.0.1.1");
    }

    private static List<String> duplicates(String... services) {
        return Found.of(Reason.DUPLICATE_ADDRESS, services);
    }

    @Test
    void twoServicesThatHoldOneAddressAreReportedWithoutTellingWhoTheOtherIs() {
        assertThat(duplicates(holder("team-a/web", ""), holder("team-b/api", "")))
                .containsExactly("Service/team-b/api: holds 10.0.1.1, which another service holds as well without"
                        + " sharing it; the older keeps it: let this one ask for another, or give both one"
                        + " metallb.io/allow-shared-ip");
    }

    @Test
    void servicesOfOneNamespaceThatShareAreFine() {
        assertThat(duplicates(holder("team-a/udp", KEY), holder("team-a/tcp", KEY)))
                .isEmpty();
    }

    @Test
    void differentKeysDoNotShare() {
        assertThat(duplicates(holder("team-a/udp", KEY), holder("team-a/tcp", KEY.replace("dns", "other"))))
                .hasSize(1);
        assertThat(duplicates(holder("team-a/udp", KEY), holder("team-a/tcp", "")))
                .hasSize(1);
    }

    @Test
    void aKeyDoesNotReachIntoAnotherNamespaceUnlessBothConsent() {
        assertThat(duplicates(holder("team-a/udp", KEY), holder("team-b/tcp", KEY)))
                .hasSize(1);
        assertThat(duplicates(holder("team-a/udp", KEY_EVERYWHERE), holder("team-b/tcp", KEY)))
                .hasSize(1);
        assertThat(duplicates(holder("team-a/udp", KEY_EVERYWHERE), holder("team-b/tcp", KEY_EVERYWHERE)))
                .isEmpty();
    }

    @Test
    void whatIsLeftInTheStatusOfAServiceThatIsNoLongerALoadBalancerIsNotHeld() {
        String former = service("team-a/former", "type: ClusterIP", "", "10.0.1.1");

        assertThat(duplicates(former, holder("team-b/web", ""))).isEmpty();
        assertThat(duplicates(holder("team-b/web", ""), former)).isEmpty();
    }
}
