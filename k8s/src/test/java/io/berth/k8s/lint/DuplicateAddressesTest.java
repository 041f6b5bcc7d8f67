package io.berth.k8s.lint;

import static io.berth.k8s.allocation.Given.aged;
import static io.berth.k8s.allocation.Given.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.allocation.Given;
import io.berth.k8s.resource.Warning.Reason;
import java.util.ArrayList;
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
        List<String> world = new ArrayList<>(List.of(services));
        world.add(Given.pool("team-ips", "10.0.1.0/28", ""));
        return Found.of(Reason.DUPLICATE_ADDRESS, world.toArray(String[]::new));
    }

    @Test
    void twoServicesThatHoldOneAddressAreReportedWithoutTellingWhoTheOtherIs() {
        assertThat(duplicates(holder("team-a/web", ""), holder("team-b/api", "")))
                .containsExactly("Service/team-b/api: holds 10.0.1.1, which another service holds as well without"
                        + " sharing it; the older keeps it: let this one ask for another, or give both one"
                        + " metallb.io/allow-shared-ip");
    }

    @Test
    void anAddressIsOneLineHoweverManyServicesHoldIt() {
        assertThat(duplicates(
                        aged("team-a/api", 3, "10.0.1.1"),
                        aged("team-a/web", 1, "10.0.1.1"),
                        aged("team-b/web", 2, "10.0.1.1"),
                        service("team-b/other", "", "", "10.0.1.2")))
                .containsExactly("Service/team-b/web: holds 10.0.1.1, which 2 other services hold as well without"
                        + " sharing it; the oldest keeps it: let the others ask for another, or give all of them one"
                        + " metallb.io/allow-shared-ip");
    }

    @Test
    void whoSharesWithTheOldestIsNotCounted() {
        assertThat(duplicates(
                        holder("team-a/udp", KEY + ", creationTimestamp: '2026-01-01T00:01:00Z'"),
                        holder("team-a/tcp", KEY),
                        aged("team-a/web", 2, "10.0.1.1")))
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("Service/team-a/web: holds 10.0.1.1, which another"));
    }

    @Test
    void whatServicesOfAnotherClassHoldIsNoneOfOurBusiness() {
        String other = service("team-b/other", "loadBalancerClass: example.com/other", "", "10.0.1.1");

        assertThat(duplicates(holder("team-a/web", ""), other, other.replace("name: other", "name: another")))
                .isEmpty();
    }

    @Test
    void anAddressThatIsInNoPoolOfOursWasGivenBySomebodyElse() {
        assertThat(duplicates(service("team-a/web", "", "", "192.0.2.9"), service("team-a/api", "", "", "192.0.2.9")))
                .isEmpty();
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
