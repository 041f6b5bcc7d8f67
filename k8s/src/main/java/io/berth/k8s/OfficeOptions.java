package io.berth.k8s;

import picocli.CommandLine.Option;

/** Whether several processes take turns. */
final class OfficeOptions {

    private static final String LEASE = "berth-controller";

    @Option(
            names = "--leader-elect",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = "Allocate only while holding the Lease " + LEASE
                    + " of the namespace (default: yes on an API server; a directory has one process by a lock).")
    private boolean elect = true;

    Office of(ClusterOptions.Chosen chosen, Identity identity) {
        return elect && chosen instanceof ClusterOptions.Chosen.Kubernetes(var api)
                ? new Office.Elected(api, LEASE, identity.instance())
                : new Office.Permanent();
    }
}
