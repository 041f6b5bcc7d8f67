package io.berth.testenv.faults;

import io.berth.testenv.Eventually;
import io.berth.testenv.lab.ReceivedRoute;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rounds in which two controllers and a speaker are at work, services come and go, and faults happen that a seed picks. In the end
 * every service has an address and the router a route to each, and at no time was an address on two services, or taken from one.
 */
public final class Rounds {

    /** A promise of a controller that was killed binds the other for 30 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Ground ground;
    private final Pace pace;

    /** Puts up what all rounds need. */
    public Rounds(Ground ground, Pace pace) {
        this.ground = ground;
        this.pace = pace;
        ground.server().apply(Scenery.manifests(ground));
    }

    /** Plays one round. */
    public Verdict play(long seed) {
        long start = System.nanoTime();
        // The first numbers of a plain Random are all but the same for neighbouring seeds.
        var random = new SplittableRandom(seed);
        Plan plan = Plan.of(pace, random);
        List<String> wrongs = new ArrayList<>();
        ground.server().apply(Scenery.pools(ground.namespace()));
        try (var witness = new Witness(ground.client());
                var crew = new Crew(ground, plan.decides())) {
            var traffic = new Traffic(ground, new SplittableRandom(random.nextLong()));
            int served = 0;
            try {
                happen(plan, new Scene(ground, crew, traffic, random));
                served = awaitAllServed();
            } catch (AssertionError | RuntimeException e) {
                wrongs.add(e.toString());
            }
            wrongs.addAll(witness.wrongs());
            clear();
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            return new Verdict(seed, plan.toString(), traffic.done(), served, took, List.copyOf(wrongs), crew.said());
        }
    }

    private static void happen(Plan plan, Scene scene) {
        try {
            scene.traffic().awaitMore(30);
            plan.faults().forEach(scene::play);
        } finally {
            scene.traffic().end();
        }
    }

    /** How many that are. */
    private int awaitAllServed() {
        Eventually.eventually(PATIENCE, this::notAsTheyAskFor, List::isEmpty);
        Set<String> wanted = services().stream()
                .flatMap(service -> addresses(service).stream())
                .map(address -> address + "/32")
                .collect(Collectors.toCollection(TreeSet::new));
        Eventually.eventually(PATIENCE, this::announced, wanted::equals);
        return wanted.size();
    }

    /** Services that ask for an address and have none, or have one and ask for none. */
    private List<String> notAsTheyAskFor() {
        return services().stream()
                .filter(service -> addresses(service).size()
                        != (service.getSpec().getType().equals("LoadBalancer") ? 1 : 0))
                .map(service -> service.getMetadata().getName() + ", "
                        + service.getSpec().getType() + " with " + addresses(service))
                .toList();
    }

    private List<Service> services() {
        return ground.client().services().inNamespace(Scenery.NAMESPACE).list().getItems();
    }

    private static List<String> addresses(Service service) {
        return service.getStatus().getLoadBalancer().getIngress().stream()
                .map(LoadBalancerIngress::getIp)
                .toList();
    }

    private Set<String> announced() {
        return ground.router().routes().stream()
                .map(ReceivedRoute::prefix)
                .filter(prefix -> prefix.startsWith(Scenery.PREFIX))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void clear() {
        ground.insist(
                () -> ground.client().services().inNamespace(Scenery.NAMESPACE).delete());
    }
}
