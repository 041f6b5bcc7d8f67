package io.berth.testenv.bench.kubernetes;

import java.nio.file.Path;

/** How a contender's two processes are started for a cluster. */
interface Contestant {

    /** The folder of the CustomResourceDefinitions that it comes with, as kubectl takes it: {@code -f FOLDER}. */
    Path resources();

    Server.Start controller(Path kubeconfig, Path log);

    /** The speaker of {@link Site#NODE}. */
    Server.Start speaker(Path kubeconfig, Path log);
}
