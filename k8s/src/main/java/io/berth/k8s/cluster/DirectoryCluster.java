package io.berth.k8s.cluster;

import io.berth.allocator.ServiceKey;
import io.berth.k8s.cluster.StatusStore.Status;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.IPAddressPool;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A directory of manifests as a cluster. The user's files are read and watched and never written; what an API server would keep
 * besides, the status of services and events, stands in {@code .berth} within the directory.
 *
 * <p>What cannot be read or used does not undo what could: a file keeps its last good contents and an object its last good form
 * until it is mended. One thread owns everything.
 */
public final class DirectoryCluster implements Cluster {

    private static final Duration EVENTS_AT_ONCE = Duration.ofMillis(200);

    private final Path directory;
    private final StatusStore store;
    private final TenureStore tenureStore;
    private final EventLog events;
    private final FileChannel lock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("cluster").daemon().factory());

    // What follows belongs to the thread.
    private final ManifestFiles files;
    private final Set<ServiceKey> seen = new HashSet<>();
    private final Map<ServiceKey, Status> statuses = new HashMap<>();
    private final Map<String, String> tenures = new HashMap<>();
    private Listener listener = (_, _) -> {};
    private boolean eventsPending;

    private volatile ClusterState state = ClusterState.EMPTY;
    private Optional<DirectoryWatch> watch = Optional.empty();

    /**
     * @param directory where the manifests are
     * @throws IOException where there is no such directory, it cannot be read, or nothing can be written beside the manifests
     */
    public DirectoryCluster(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new NotDirectoryException(directory.toString());
        }
        Path beside = directory.resolve(".berth");
        Files.createDirectories(beside);
        if (!Files.isWritable(beside)) {
            throw new IOException(beside + " is not writable");
        }
        this.directory = directory;
        this.files = new ManifestFiles(directory);
        this.store = new StatusStore(beside);
        this.tenureStore = new TenureStore(beside);
        this.events = new EventLog(beside);
        this.lock = lock(beside.resolve("lock"));
        statuses.putAll(store.readAll());
        tenures.putAll(tenureStore.readAll());
    }

    /** Two processes would give one address twice. The lock goes with the process, however that ends. */
    private static FileChannel lock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (channel.tryLock() == null) {
            channel.close();
            throw new IOException(file.getParent() + " is in use: another berth works on this directory");
        }
        return channel;
    }

    @Override
    public void start(Listener hearing) {
        CompletableFuture.runAsync(
                        () -> {
                            listener = hearing;
                            reload();
                        },
                        thread)
                .join();
        try {
            watch = Optional.of(new DirectoryWatch(directory, () -> thread.execute(this::reload)));
        } catch (IOException e) {
            throw new UncheckedIOException(directory + ": cannot be watched", e);
        }
    }

    @Override
    public ClusterState state() {
        return state;
    }

    private void reload() {
        boolean changed = files.refresh(Instant.now());
        if (files.isUnsettled()) {
            thread.schedule(this::reload, ManifestFiles.SETTLING.toMillis(), TimeUnit.MILLISECONDS);
        }
        if (changed) {
            ClusterState read = withWritten(Manifests.together(files.documents(), files.errors(), lastGoodObjects()));
            forgetGoneServices(read);
            forgetGonePools(read);
            become(read);
        }
    }

    private Map<String, Resource> lastGoodObjects() {
        return state.resources().stream().collect(Collectors.toMap(Resource::reference, resource -> resource));
    }

    private ClusterState withWritten(ClusterState read) {
        read.services().forEach(service -> seen.add(service.meta().key()));
        Beside beside = new Beside(statuses, tenures);
        List<Resource> resources =
                new ArrayList<>(read.resources().stream().map(beside::on).toList());
        if (!read.errors().isEmpty()) {
            resources.addAll(remembered(read));
        }
        return new ClusterState(resources, read.warnings(), read.errors());
    }

    /**
     * Services that have an address but whose manifest could not be read since we started: they hold on to it, so that it is given
     * to nobody else while the manifest is mended.
     */
    private List<Service> remembered(ClusterState read) {
        Set<ServiceKey> there =
                read.services().stream().map(service -> service.meta().key()).collect(Collectors.toSet());
        return statuses.entrySet().stream()
                .filter(entry -> !there.contains(entry.getKey())
                        && !seen.contains(entry.getKey())
                        && !entry.getValue().addresses().isEmpty())
                .map(entry -> Service.remembered(
                                entry.getKey(), entry.getValue().addresses())
                        .with(entry.getValue().addresses(), entry.getValue().pool()))
                .toList();
    }

    private void forgetGoneServices(ClusterState read) {
        Set<ServiceKey> there =
                read.services().stream().map(service -> service.meta().key()).collect(Collectors.toSet());
        for (ServiceKey key : List.copyOf(statuses.keySet())) {
            if (!there.contains(key) && (seen.contains(key) || read.errors().isEmpty())) {
                statuses.remove(key);
                written(() -> store.remove(key));
            }
        }
    }

    /** A pool that comes later under the same name is another one. */
    private void forgetGonePools(ClusterState read) {
        if (read.errors().isEmpty()) {
            Set<String> there =
                    read.pools().stream().map(pool -> pool.meta().name()).collect(Collectors.toSet());
            for (String gone : tenures.keySet().stream()
                    .filter(pool -> !there.contains(pool))
                    .toList()) {
                tenures.remove(gone);
                written(() -> tenureStore.write(gone, ""));
            }
        }
    }

    private void become(ClusterState next) {
        ClusterState before = state;
        if (!next.equals(before)) {
            state = next;
            listener.changed(before, next);
        }
    }

    @Override
    public CompletionStage<Written> writeStatus(Service basis, List<InetAddress> addresses, String pool) {
        return CompletableFuture.supplyAsync(() -> write(basis, new Status(addresses, pool)), thread);
    }

    private Written write(Service basis, Status status) {
        ServiceKey key = basis.meta().key();
        if (!state.service(key).equals(Optional.of(basis))) {
            return Written.CONFLICT;
        }
        if (!written(() -> store.write(key, status))) {
            return Written.CONFLICT;
        }
        statuses.put(key, status);
        become(state.with(basis.with(status.addresses(), status.pool())));
        return Written.DONE;
    }

    @Override
    public CompletionStage<Written> writeTenures(IPAddressPool basis, String text) {
        return CompletableFuture.supplyAsync(() -> remember(basis, text), thread);
    }

    private Written remember(IPAddressPool basis, String text) {
        String pool = basis.meta().name();
        if (!state.pools().contains(basis) || !written(() -> tenureStore.write(pool, text))) {
            return Written.CONFLICT;
        }
        tenures.put(pool, text);
        become(state.with(basis.with(text)));
        return Written.DONE;
    }

    @Override
    public void event(Event event) {
        thread.execute(() -> {
            events.add(event, Instant.now());
            if (!eventsPending) {
                eventsPending = true;
                thread.schedule(this::writeEvents, EVENTS_AT_ONCE.toMillis(), TimeUnit.MILLISECONDS);
            }
        });
    }

    private void writeEvents() {
        eventsPending = false;
        written(events::write);
    }

    private interface Writing {
        void run() throws IOException;
    }

    /** A disk that is full or gone is an error that is seen, and nothing counts as written that is not. */
    private boolean written(Writing writing) {
        try {
            writing.run();
            return true;
        } catch (IOException e) {
            List<ConfigError> errors = new ArrayList<>(state.errors());
            var error =
                    new ConfigError(directory.resolve(".berth").toString(), "", "cannot be written: " + e.getMessage());
            if (!errors.contains(error)) {
                errors.add(error);
                become(state.noting(state.warnings(), errors));
            }
            return false;
        }
    }

    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        watch.ifPresent(DirectoryWatch::close);
        thread.execute(() -> {
            if (eventsPending) {
                writeEvents();
            }
        });
        thread.shutdown();
        try {
            thread.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        written(lock::close);
    }
}
