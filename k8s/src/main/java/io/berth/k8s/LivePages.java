package io.berth.k8s;

import io.berth.k8s.live.Role;
import io.berth.metrics.Sources;
import io.berth.metrics.http.Page;
import io.berth.metrics.http.Probes;
import io.berth.metrics.http.Router;
import io.berth.metrics.http.StatusPage;

/** What a running process shows of itself: the latest that it has come to in its role, read on any thread. */
record LivePages(Role role) {

    /** Where a scrape looks. */
    Sources sources() {
        return new Sources(Version.text(), role::decisions, role::warnings, role::sessions);
    }

    /** Every page of the process; the metrics are made elsewhere. */
    Router router(Page metrics) {
        return Router.EMPTY
                .with("/metrics", metrics)
                .with(Probes.of(role::unready))
                .with(StatusPage.pages())
                .with(role.pages());
    }
}
