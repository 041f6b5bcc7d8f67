package io.berth.k8s;

import io.berth.bgp.SessionState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Option;

/** How a speaker takes its leave. */
@SuppressWarnings("NullAway.Init")
final class DrainOptions {

    private static final Logger LOG = LoggerFactory.getLogger(DrainOptions.class);

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            defaultValue = "0",
            description = "How long to go on announcing once told to stop, with the community graceful-shutdown (and"
                    + " LOCAL_PREF 0 to peers of our own AS), so that routers turn to other nodes before the sessions"
                    + " end: 0 to 3600 (default: ${DEFAULT-VALUE}, which ends them at once). Whoever stops the process"
                    + " has to give it this time, and ten seconds more.")
    private Duration drain;

    Duration time() {
        return drain;
    }

    /** Returns when the sessions may end. */
    void leave(AnnouncingHalf half) {
        if (!drain.isZero() && half.live().all().stream().anyMatch(peer -> peer.state() == SessionState.ESTABLISHED)) {
            LOG.info("draining seconds={}", drain.toSeconds());
            half.retire();
            new CompletableFuture<Void>()
                    .completeOnTimeout(null, drain.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }
}
