package io.berth.k8s.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Calls back when anything in a directory or below it may have changed, but for hidden directories. Once in a while it calls
 * without being told of a change, so that one that was missed is found.
 */
final class DirectoryWatch implements AutoCloseable {

    private static final long GLANCE_SECONDS = 5;

    private final Path root;
    private final WatchService watcher;
    private final Runnable onChange;

    DirectoryWatch(Path root, Runnable onChange) throws IOException {
        this.root = root;
        this.onChange = onChange;
        this.watcher = FileSystems.getDefault().newWatchService();
        register();
        Thread.ofPlatform().name("directory-watch").daemon().start(this::run);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                WatchKey key = watcher.poll(GLANCE_SECONDS, TimeUnit.SECONDS);
                while (key != null) {
                    key.pollEvents();
                    key.reset();
                    key = watcher.poll();
                }
                register();
                onChange.run();
            }
        } catch (ClosedWatchServiceException e) {
            // Closed: there is nobody left to tell.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Registering a directory again changes nothing, so new ones are found by registering all. */
    private void register() {
        try (Stream<Path> tree = Files.walk(root)) {
            tree.filter(path -> !isHidden(root.relativize(path)) && Files.isDirectory(path))
                    .forEach(this::register);
        } catch (IOException | UncheckedIOException e) {
            // What cannot be listed now is reported by whoever reads it, and looked at again at the next glance.
        }
    }

    private void register(Path directory) {
        try {
            directory.register(
                    watcher,
                    StandardWatchEventKinds.ENTRY_CREATE,
                    StandardWatchEventKinds.ENTRY_MODIFY,
                    StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path part : relative) {
            if (part.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        try {
            watcher.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
