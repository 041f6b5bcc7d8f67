package io.berth.testenv.e2e;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A tenant who may edit the Services of one namespace tries every way to an address of another team. Whatever he does, no Service of
 * his ever has one, the other team keeps what it has, and nothing that he can read tells him of the other team's objects what
 * he did not know.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenancyIT {

    private static final String HIS = "lodgers";
    private static final String THEIRS = "treasury";

    /** The name of the Service that he tries it with. */
    private static final String NAME = "trial";

    /** Of theirs: in a pool of their own, in one that both may draw from, and with the consent to share with other namespaces. */
    private static final String LEDGER = "198.51.100.16";

    private static final String FRONT = "198.51.100.17";
    private static final String TILL = "198.51.100.48";
    private static final List<String> ADDRESSES_OF_THEIRS = List.of(LEDGER, FRONT, TILL);

    /** What he must not learn from anybody but himself. */
    private static final List<String> SECRETS = List.of(
            THEIRS,
            "ledger",
            "frontdesk",
            "till",
            "vault-ips",
            "annex-ips",
            "drawer-ips",
            "key-of-ledger",
            "finance",
            "gold");

    private final KubeSite site = KubeSite.start();
    private final Tenant tenant = withNamespaces(site);
    private final AddressHistory history = AddressHistory.from(site.client());

    private static Tenant withNamespaces(KubeSite site) {
        site.namespace(HIS);
        site.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + THEIRS + ", labels: {owner: finance}}}");
        return Tenant.of(site.server(), HIS);
    }

    @BeforeAll
    void theOtherTeamHasItsAddresses() {
        site.apply(Manifest.together(
                Manifest.ADVERTISEMENT,
                pool("own-ips", "", "198.51.100.0/28", "serviceAllocation: {namespaces: [lodgers]}"),
                pool(
                        "vault-ips",
                        "berth.io/exclude: 198.51.100.31",
                        "198.51.100.16/28, 'fd00:99::/120'",
                        "serviceAllocation: {namespaces: [treasury]}"),
                pool(
                        "annex-ips",
                        "",
                        "198.51.100.32/28",
                        "serviceAllocation: {namespaceSelectors: [{matchLabels: {owner: finance}}]}"),
                pool(
                        "common-ips",
                        "berth.io/hold-released: 24h",
                        "198.51.100.48/28",
                        "autoAssign: false, serviceAllocation: {namespaces: [lodgers, treasury]}"),
                pool(
                        "drawer-ips",
                        "",
                        "198.51.100.64/28",
                        "serviceAllocation: {namespaces: [treasury], serviceSelectors: [{matchLabels: {grade:"
                                + " gold}}]}"),
                theirs("ledger", LEDGER, ""),
                theirs("frontdesk", FRONT, "berth.io/share-across-namespaces: 'true'"),
                theirs("till", TILL, "")));
        site.run();
        theyKeepWhatTheyHave();
    }

    private static String pool(String name, String annotations, String addresses, String more) {
        return """
            apiVersion: metallb.io/v1beta1
            kind: IPAddressPool
            metadata: {name: %s, namespace: metallb-system, annotations: {%s}}
            spec: {addresses: [%s], %s}
            """.formatted(name, annotations, addresses, more);
    }

    private static String theirs(String name, String address, String more) {
        return """
            apiVersion: v1
            kind: Service
            metadata:
              namespace: treasury
              name: %1$s
              annotations: {metallb.io/loadBalancerIPs: %2$s, metallb.io/allow-shared-ip: key-of-%1$s, %3$s}
            spec: {type: LoadBalancer, ports: [{port: 80}]}
            """.formatted(name, address, more);
    }

    @AfterAll
    void close() {
        history.close();
        tenant.close();
        site.close();
    }

    @AfterEach
    void heGivesUp() {
        for (String name : List.of(NAME, "afterwards", "ledger")) {
            tenant.deletes(name);
        }
        site.server().kubectl("delete", "events", "--all", "--namespace", HIS);
        tenant.forgetsWhatHeWrote();
    }

    /** What he does, and what comes of it: words of an event about his service, or an address that his team may have. */
    record Trick(String name, String comesOfIt, Consumer<TenancyIT> doing) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String REFUSED = "AllocationFailed: NoPoolAdmits";
    private static final String IN_USE = "AllocationFailed: AddressInUse";
    private static final String INVALID = "AllocationFailed: InvalidRequest";
    private static final String KEPT = "AllocationFailed: keeps 198.51.100.";
    private static final String OF_HIS_OWN = "IPAllocated: got 198.51.100.";

    /** He creates a service with these annotations, and this in its spec. */
    private static Trick service(String name, String comesOfIt, String annotations, String spec) {
        return new Trick(name, comesOfIt, it -> it.tenant.creates(NAME, annotations, spec));
    }

    /** He has a service with an address, and changes it in this way. */
    private static Trick change(String name, String comesOfIt, String patch) {
        return new Trick(name, comesOfIt, it -> {
            it.hasAnAddress();
            it.tenant.patches(NAME, patch);
        });
    }

    static Stream<Trick> tricks() {
        String vault = "metallb.io/address-pool: vault-ips";
        String key = "metallb.io/allow-shared-ip: key-of-";
        String across = ", berth.io/share-across-namespaces: 'true'";
        return Stream.of(
                service("asks for the pool", REFUSED, vault, ""),
                service(
                        "asks for the pool by the old name",
                        REFUSED,
                        "metallb.universe.tf/address-pool: vault-ips",
                        ""),
                service("asks for a pool that selects by label", REFUSED, "metallb.io/address-pool: annex-ips", ""),
                service("asks for an address in the spec", REFUSED, "", "loadBalancerIP: 198.51.100.20"),
                service("asks for an address", REFUSED, "metallb.io/loadBalancerIPs: 198.51.100.20", ""),
                service("by the old name", REFUSED, "metallb.universe.tf/loadBalancerIPs: 198.51.100.20", ""),
                service("asks for one of the labelled pool", REFUSED, "metallb.io/loadBalancerIPs: 198.51.100.40", ""),
                service(
                        "asks for one that they never give",
                        "AllocationFailed: AddressNotInPool",
                        "metallb.io/loadBalancerIPs: 198.51.100.31",
                        ""),
                service("asks for one that is in use", IN_USE, "metallb.io/loadBalancerIPs: " + LEDGER, ""),
                service(
                        "asks for pool and address",
                        REFUSED,
                        vault + ", metallb.io/loadBalancerIPs: 198.51.100.20",
                        ""),
                service(
                        "asks for his pool and their address",
                        "AllocationFailed: AddressNotInPool",
                        "metallb.io/address-pool: own-ips, metallb.io/loadBalancerIPs: 198.51.100.20",
                        ""),
                service(
                        "asks in both ways",
                        INVALID,
                        "metallb.io/loadBalancerIPs: 198.51.100.2",
                        "loadBalancerIP: 198.51.100.20"),
                service(
                        "asks by the new and the old name",
                        OF_HIS_OWN,
                        "metallb.io/loadBalancerIPs: 198.51.100.2, metallb.universe.tf/loadBalancerIPs: 198.51.100.20",
                        ""),
                service(
                        "asks for his and theirs together",
                        INVALID,
                        "metallb.io/loadBalancerIPs: '198.51.100.2,fd00:99::5'",
                        "ipFamilyPolicy: RequireDualStack"),
                service("knows the sharing key", IN_USE, key + "ledger", "loadBalancerIP: " + LEDGER),
                service("knows it and shares across", IN_USE, key + "ledger" + across, "loadBalancerIP: " + LEDGER),
                service(
                        "knows one that is shared across",
                        REFUSED,
                        key + "frontdesk" + across,
                        "loadBalancerIP: " + FRONT),
                service("does not share across himself", IN_USE, key + "frontdesk", "loadBalancerIP: " + FRONT),
                service(
                        "shares across by a word that is none",
                        INVALID,
                        key + "frontdesk, berth.io/share-across-namespaces: 'yes'",
                        "loadBalancerIP: " + FRONT),
                service(
                        "knows the key by the old name",
                        IN_USE,
                        "metallb.universe.tf/allow-shared-ip: key-of-ledger" + across,
                        "loadBalancerIP: " + LEDGER),
                service("has the key only", OF_HIS_OWN, key + "frontdesk" + across, ""),
                service("shares in a common pool", IN_USE, key + "till" + across, "loadBalancerIP: " + TILL),
                service(
                        "has the key in a common pool",
                        OF_HIS_OWN + "49",
                        key + "till" + across + ", metallb.io/address-pool: common-ips",
                        ""),
                new Trick("labels his service as theirs", REFUSED, it -> {
                    it.tenant.creates(NAME, "grade: silver", "metallb.io/address-pool: drawer-ips", "");
                    it.tenant.patches(NAME, "{'metadata': {'labels': {'grade': 'gold'}}}");
                }),
                new Trick("is called like theirs", "", it -> it.tenant.creates("ledger", key + "ledger", "")),
                service(
                        "says that he has one of their pool",
                        OF_HIS_OWN,
                        "metallb.io/ip-allocated-from-pool: vault-ips",
                        ""),
                service("fences himself into their pool", OF_HIS_OWN, "berth.io/pools: vault-ips", ""),
                service("has their address as an external one", OF_HIS_OWN, "", "externalIPs: [" + LEDGER + "]"),
                service("names another class", "", vault, "loadBalancerClass: example.com/other"),
                change(
                        "turns to their pool",
                        KEPT,
                        "{'metadata': {'annotations': {'metallb.io/address-pool': 'vault-ips'}}}"),
                change("turns to their address", KEPT, "{'spec': {'loadBalancerIP': '198.51.100.20'}}"),
                change(
                        "rewrites where his is from",
                        OF_HIS_OWN,
                        "{'metadata': {'annotations': {'metallb.io/ip-allocated-from-pool': 'vault-ips'}}}"),
                new Trick("writes a status", OF_HIS_OWN, TenancyIT::writesAStatus),
                new Trick("has another class and gives it up", REFUSED, TenancyIT::changesTheClass),
                new Trick("changes the type to and fro", REFUSED, TenancyIT::changesTheType),
                new Trick("is there while theirs is away", REFUSED, TenancyIT::isThereWhileTheirsIsAway),
                new Trick("is there while theirs is deleted", IN_USE, TenancyIT::isThereWhileTheirsIsDeleted));
    }

    @ParameterizedTest
    @MethodSource("tricks")
    void noTrickHelps(Trick trick) {
        trick.doing.accept(this);

        eventually(() -> assertThat(String.join("\n", tenant.told(NAME))).contains(trick.comesOfIt));
        // Whoever comes later has been served, so that nothing about the trick is still to come.
        tenant.creates("afterwards", "", "");
        eventually(() -> assertThat(history.of(HIS, "afterwards")).isNotEmpty());
        heNeverHadWhatIsTheirs();
        theyKeepWhatTheyHave();
        heLearnsNothing();
    }

    private void heNeverHadWhatIsTheirs() {
        assertThat(history.of(HIS))
                .allMatch(address -> address.matches("198\\.51\\.100\\.([0-9]|1[0-5]|49|5[0-9]|6[0-3])"));
        assertThat(history.of("")).isEmpty();
    }

    private void theyKeepWhatTheyHave() {
        site.awaitAddresses(THEIRS, "ledger", LEDGER);
        site.awaitAddresses(THEIRS, "frontdesk", FRONT);
        site.awaitAddresses(THEIRS, "till", TILL);
        eventually(() -> assertThat(history.of(THEIRS)).containsExactlyInAnyOrderElementsOf(ADDRESSES_OF_THEIRS));
    }

    private void heLearnsNothing() {
        for (String name : List.of(NAME, "afterwards")) {
            assertThat(SECRETS)
                    .filteredOn(secret -> !tenant.wrote(secret))
                    // Who names a pool is told what it asks for.
                    .filteredOn(secret -> !secret.equals("finance") || !tenant.wrote("annex-ips"))
                    .filteredOn(tenant.reads(name)::contains)
                    .as(() -> tenant.reads(name))
                    .isEmpty();
        }
    }

    private void hasAnAddress() {
        tenant.creates(NAME, "", "");
        eventually(() -> assertThat(site.addresses(HIS, NAME)).hasSize(1));
    }

    private void writesAStatus() {
        hasAnAddress();
        String forged = "{'status': {'loadBalancer': {'ingress': [{'ip': '" + LEDGER + "'}]}}}";
        assertForbidden(() -> tenant.patchesStatus(NAME, forged));
        // With the service itself the API server leaves a status out.
        tenant.patches(NAME, forged);
    }

    private void changesTheClass() {
        tenant.creates(NAME, "", "loadBalancerClass: example.com/other, loadBalancerIP: 198.51.100.20");
        assertThatThrownBy(() -> tenant.patches(NAME, "{'spec': {'loadBalancerClass': null}}"))
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("may not change once set");
        tenant.patches(NAME, "{'spec': {'type': 'ClusterIP', 'loadBalancerClass': null}}");
        tenant.patches(NAME, "{'spec': {'type': 'LoadBalancer'}}");
    }

    private void changesTheType() {
        hasAnAddress();
        for (String type : List.of("ClusterIP", "NodePort", "LoadBalancer", "ClusterIP")) {
            tenant.patches(NAME, "{'spec': {'type': '" + type + "'}}");
        }
        eventually(() -> assertThat(site.addresses(HIS, NAME)).isEmpty());
        tenant.patches(NAME, """
            {'metadata': {'annotations': {'metallb.io/ip-allocated-from-pool': 'vault-ips'}},
             'spec': {'type': 'LoadBalancer', 'loadBalancerIP': '198.51.100.20'}}\
            """);
    }

    private void isThereWhileTheirsIsAway() {
        turnTo("ClusterIP");
        eventually(() -> assertThat(site.addresses(THEIRS, "ledger")).isEmpty());
        tenant.creates(NAME, "metallb.io/allow-shared-ip: key-of-ledger", "loadBalancerIP: " + LEDGER);
        eventually(() -> assertThat(tenant.told(NAME)).isNotEmpty());
        turnTo("LoadBalancer");
    }

    private void turnTo(String type) {
        site.client()
                .services()
                .inNamespace(THEIRS)
                .withName("ledger")
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\": {\"type\": \"" + type + "\"}}");
    }

    private void isThereWhileTheirsIsDeleted() {
        site.client().services().inNamespace(THEIRS).withName("till").delete();
        tenant.creates(NAME, "metallb.io/address-pool: common-ips", "loadBalancerIP: " + TILL);
        eventually(() -> assertThat(tenant.told(NAME)).isNotEmpty());
        site.apply(theirs("till", TILL, ""));
    }

    @Test
    void hisRightsEndWithTheServicesOfHisNamespace() {
        assertForbidden(() -> tenant.client().services().inNamespace(THEIRS).list());
        assertForbidden(() -> tenant.client().v1().events().inNamespace(THEIRS).list());
        assertForbidden(() -> tenant.client().namespaces().withName(HIS).get());
        for (String kind : List.of("IPAddressPool", "BGPAdvertisement", "ServiceBGPStatus", "ConfigurationState")) {
            assertForbidden(() -> tenant.client()
                    .genericKubernetesResources("metallb.io/v1beta1", kind)
                    .inNamespace(KubeSite.NAMESPACE)
                    .list());
        }
        assertForbidden(() -> tenant.client()
                .genericKubernetesResources("berth.io/v1alpha1", "BGPSession")
                .inNamespace(KubeSite.NAMESPACE)
                .list());
    }

    private static void assertForbidden(ThrowingCallable attempt) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        refused -> assertThat(refused.getCode()).isEqualTo(403));
    }
}
