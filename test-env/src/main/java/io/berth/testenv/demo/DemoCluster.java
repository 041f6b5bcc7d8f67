package io.berth.testenv.demo;

import io.berth.testenv.BerthProcess;
import java.io.IOException;
import java.util.List;

/** What holds the manifests of the demo, and the processes that serve it. */
interface DemoCluster extends AutoCloseable {

    /** What it is, for a person. */
    String description();

    /** How a person who watches the demo changes something in it. */
    String invitation();

    /** Takes the manifests in as they are by now, and starts what serves them. */
    void serve(String http) throws IOException;

    /** The processes that do; they end with the cluster. */
    List<BerthProcess> processes();

    @Override
    void close();
}
