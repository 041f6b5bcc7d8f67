package io.berth.allocator;

import java.util.List;
import java.util.function.Supplier;

/**
 * Whether a service's namespace may have more: the quota that the pool grants each namespace, and that of the namespace itself
 * over all pools. What the service would give up for it is taken off.
 *
 * @param held what the service has now
 */
record QuotaCheck(Ledgers ledgers, Request request, List<Address> held) {

    /** Whether any quota has a say in what a service gets of a pool. */
    static boolean concerns(PoolLedger ledger, Request request) {
        return !(request.tenant().quota() instanceof Quota.Unlimited
                && ledger.pool().terms().namespaceQuota() instanceof Quota.Unlimited);
    }

    /** Whether the service may have these addresses of one pool in the place of all that it has. */
    boolean allows(PoolLedger ledger, List<Address> chosen) {
        return allowsOfPool(ledger, chosen) && allowsOfAll(ledger, chosen);
    }

    private boolean allowsOfPool(PoolLedger ledger, List<Address> chosen) {
        Quota quota = ledger.pool().terms().namespaceQuota();
        if (quota instanceof Quota.Unlimited) {
            return true;
        }
        int before = ledger.countOf(namespace());
        int lost = 0;
        for (Address address : held) {
            lost += ledger.owns(address) && isGivenUp(ledger, address, chosen) ? 1 : 0;
        }
        return quota.allows(before, before - lost + gained(ledger, chosen));
    }

    private boolean allowsOfAll(PoolLedger ledger, List<Address> chosen) {
        Quota quota = request.tenant().quota();
        if (quota instanceof Quota.Unlimited) {
            return true;
        }
        int before = ledgers.everywhere().of(namespace());
        int lost = 0;
        for (Address address : held) {
            lost += isGivenUp(ledgers.ofHeld(address), address, chosen) ? 1 : 0;
        }
        return quota.allows(before, before - lost + gained(ledger, chosen));
    }

    private boolean isGivenUp(PoolLedger ledger, Address address, List<Address> chosen) {
        return !chosen.contains(address) && !ledger.isUsedByOthersOf(request.service(), address);
    }

    private int gained(PoolLedger ledger, List<Address> chosen) {
        int gained = 0;
        for (Address address : chosen) {
            boolean isNew = !held.contains(address) && !ledger.isUsedByOthersOf(request.service(), address);
            gained += isNew ? 1 : 0;
        }
        return gained;
    }

    /** What stands in the way where {@link #allows} says no, in words for the service's owner. */
    Supplier<String> problem(PoolLedger ledger, List<Address> chosen) {
        String namespace = namespace();
        if (!allowsOfPool(ledger, chosen)) {
            Quota quota = ledger.pool().terms().namespaceQuota();
            int count = ledger.countOf(namespace);
            return () -> quota instanceof Quota.AtMost(int most)
                    ? "namespace " + namespace + " has " + count + " of the " + most
                            + " addresses that the pool gives one namespace (its annotation berth.io/namespace-quota)"
                    : "the annotation berth.io/namespace-quota of the pool cannot be read";
        }
        Quota quota = request.tenant().quota();
        int count = ledgers.everywhere().of(namespace);
        return () -> quota instanceof Quota.AtMost(int most)
                ? "namespace " + namespace + " has " + count + " of its " + most
                        + " addresses (its annotation berth.io/address-quota)"
                : "the annotation berth.io/address-quota of namespace " + namespace
                        + " cannot be read, so it gets no address more until that is mended";
    }

    private String namespace() {
        return request.service().namespace();
    }
}
