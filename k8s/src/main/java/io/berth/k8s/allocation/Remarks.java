package io.berth.k8s.allocation;

import io.berth.k8s.cluster.ClusterState;
import io.berth.k8s.cluster.Configuration;
import io.berth.k8s.lint.Lints;
import io.berth.k8s.resource.ConfigError;
import io.berth.k8s.resource.Warning;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is wrong with the world, and what in it is probably not meant; said once in the log. Belongs to one thread. */
final class Remarks {

    private static final Logger LOG = LoggerFactory.getLogger(Remarks.class);

    private List<Warning> warnings = List.of();
    private List<ConfigError> errors = List.of();

    /** Looks at the world as it is now, and says what is new. */
    void look(ClusterState state, Configuration configuration, String loadBalancerClass) {
        List<ConfigError> errorsNow = Stream.concat(state.errors().stream(), configuration.errors().stream())
                .toList();
        List<Warning> warningsNow = Lints.of(state, configuration, loadBalancerClass);
        added(errors, errorsNow).forEach(error -> LOG.error("invalid problem=\"{}\"", error.line()));
        added(errorsNow, errors).forEach(error -> LOG.info("mended problem=\"{}\"", error.line()));
        added(warnings, warningsNow)
                .forEach(warning ->
                        LOG.warn("{} object={} message=\"{}\"", warning.reason(), warning.object(), warning.message()));
        errors = errorsNow;
        warnings = warningsNow;
    }

    private static <T> Stream<T> added(List<T> before, List<T> now) {
        Set<T> known = new HashSet<>(before);
        return now.stream().filter(one -> !known.contains(one));
    }

    List<Warning> warnings() {
        return warnings;
    }

    List<ConfigError> errors() {
        return errors;
    }
}
