package io.berth.testenv.demo;

import io.berth.testenv.BerthProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The folder of the manifests itself: controller and speaker in one process, which watches it. */
final class FileCluster implements DemoCluster {

    private final Path manifests;
    private final List<BerthProcess> processes = new ArrayList<>();

    FileCluster(Path manifests) {
        this.manifests = manifests;
    }

    @Override
    public String description() {
        return "the manifests in " + Path.of(System.getProperty("berth.root")).relativize(manifests);
    }

    @Override
    public String invitation() {
        return "Edit the files in " + manifests + " and watch";
    }

    @Override
    public void serve(String http) {
        processes.add(BerthProcess.start("run", "--cluster", manifests.toString(), "--http", http));
    }

    @Override
    public List<BerthProcess> processes() {
        return processes;
    }

    @Override
    public void close() {
        processes.forEach(BerthProcess::close);
    }
}
