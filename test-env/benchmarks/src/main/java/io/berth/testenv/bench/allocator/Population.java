package io.berth.testenv.bench.allocator;

import io.berth.allocator.Address;
import io.berth.allocator.AddressRange;
import io.berth.allocator.Allocator;
import io.berth.allocator.OutOfScope;
import io.berth.allocator.Outcome;
import io.berth.allocator.Pool;
import io.berth.allocator.Pools;
import io.berth.allocator.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Services that have one address each, and come and go so that always as many have one. */
final class Population {

    private final Allocator allocator;
    private final Request[] services;
    private final SplittableRandom random;

    private Population(Pools pools, List<Request> services, List<Address> addresses, SplittableRandom random) {
        this.allocator = new Allocator(pools, OutOfScope.KEEP);
        this.services = services.toArray(Request[]::new);
        this.random = random;
        for (int i = 0; i < addresses.size(); i++) {
            allocator.restore(services.get(i), List.of(addresses.get(i)));
        }
    }

    /** One namespace and one pool for everybody, of which the lowest {@code used} addresses are in use. */
    static Population ofOnePool(String block, int used, SplittableRandom random) {
        AddressRange range = AddressRange.parse(block);
        List<Request> services = new ArrayList<>();
        List<Address> addresses = new ArrayList<>();
        for (int i = 0; i < used; i++) {
            services.add(Inventory.service("namespace", i, range.family()));
            addresses.add(Inventory.address(range, i));
        }
        return new Population(Pools.of(List.of(Inventory.forEverybody("pool", block))), services, addresses, random);
    }

    /** So many namespaces, each with a pool of its own and services that have the lowest addresses of it. */
    static Population ofTenants(int namespaces, SplittableRandom random) {
        List<Pool> pools = new ArrayList<>();
        List<Request> services = new ArrayList<>();
        List<Address> addresses = new ArrayList<>();
        for (Tenants.Tenant tenant : Tenants.of(namespaces)) {
            pools.add(tenant.pool());
            services.addAll(tenant.services());
            addresses.addAll(tenant.addresses());
        }
        return new Population(Pools.of(pools), services, addresses, random);
    }

    /** One service goes and comes again. */
    Outcome turnOver() {
        Request request = services[random.nextInt(services.length)];
        allocator.release(request.service());
        return allocator.allocate(request);
    }

    /** So many services go, and then come again one after the other. */
    List<Outcome> turnOver(int burst) {
        for (int i = 0; i < burst; i++) {
            int chosen = random.nextInt(i, services.length);
            Request request = services[chosen];
            services[chosen] = services[i];
            services[i] = request;
            allocator.release(request.service());
        }
        List<Outcome> outcomes = new ArrayList<>(burst);
        for (int i = 0; i < burst; i++) {
            outcomes.add(allocator.allocate(services[i]));
        }
        return outcomes;
    }

    /** How many services have an address. */
    int served() {
        return allocator.assignments().size();
    }

    /**
     * Makes sure that what was measured was the scenario.
     *
     * @throws IllegalStateException where a service has no address
     */
    void verify() {
        if (served() != services.length) {
            throw new IllegalStateException(served() + " of " + services.length + " services have an address");
        }
    }
}
