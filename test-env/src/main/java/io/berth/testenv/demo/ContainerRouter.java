package io.berth.testenv.demo;

import io.berth.testenv.lab.Lab;
import io.berth.testenv.lab.Neighbour;
import io.berth.testenv.lab.Router;
import io.berth.testenv.lab.RouterConfig;
import io.berth.testenv.lab.RouterKind;
import java.util.Comparator;
import java.util.List;

/** A real FRR or BIRD in a container, on a network of this machine alone. */
final class ContainerRouter implements DemoRouter {

    private final Lab lab;
    private final Router router;

    ContainerRouter(RouterKind kind) {
        lab = Lab.open();
        router = lab.start(
                kind,
                RouterConfig.of(DemoPeer.ROUTER_AS, Neighbour.awaited(lab.host().ipv4(), DemoPeer.BERTH_AS)));
    }

    @Override
    public String description() {
        return router.kind() + " in a container, " + address() + ":" + Router.PORT + ", AS " + DemoPeer.ROUTER_AS;
    }

    @Override
    public String peerManifest() {
        return DemoPeer.manifest(address(), Router.PORT);
    }

    private String address() {
        return router.own().ipv4().getHostAddress();
    }

    @Override
    public List<TableEntry> table() {
        return router.routes().stream()
                .map(route -> new TableEntry(
                        route.prefix(), route.nextHop(), route.asPath(), String.join(" ", route.communities())))
                .sorted(Comparator.comparing(TableEntry::prefix))
                .toList();
    }

    @Override
    public void close() {
        lab.close();
    }
}
