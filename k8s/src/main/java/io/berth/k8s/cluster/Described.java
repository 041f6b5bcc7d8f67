package io.berth.k8s.cluster;

import io.berth.k8s.resource.ConfigError;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A world as it is described somewhere, and where each of its objects is described.
 *
 * @param sources the file of each object, by the object's reference; no entry for one that is from no file
 */
public record Described(ClusterState state, Map<String, String> sources) {

    public Described {
        sources = Map.copyOf(sources);
    }

    /** Everything that keeps it from being used, each error with its file. */
    public List<ConfigError> errors() {
        return errorsAfter(Configuration.EMPTY);
    }

    /** The same where these pools have been in use: where pools overlap it is the new one that is wrong. */
    public List<ConfigError> errorsAfter(Configuration before) {
        return Stream.concat(
                        state.errors().stream(),
                        before.followedBy(state).errors().stream().map(this::located))
                .toList();
    }

    private ConfigError located(ConfigError error) {
        return new ConfigError(sources.getOrDefault(error.object(), ""), error.object(), error.message());
    }

    /** This world with another state, in which some objects are described elsewhere. */
    public Described with(ClusterState changed, Map<String, String> elsewhere) {
        Map<String, String> all = new HashMap<>(sources);
        all.putAll(elsewhere);
        return new Described(changed, all);
    }
}
