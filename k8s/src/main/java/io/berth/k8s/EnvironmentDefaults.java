package io.berth.k8s;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Every option that is not given is looked for in the environment: {@code --node-name} is {@code BERTH_NODE_NAME}. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return variable(argument).map(environment::get).orElse(null);
    }

    /** The variable that stands in for this option; none for arguments, nor for {@code --help} and {@code --version}. */
    static Optional<String> variable(ArgSpec argument) {
        return argument instanceof OptionSpec option && !option.usageHelp() && !option.versionHelp()
                ? Optional.of("BERTH_"
                        + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT))
                : Optional.empty();
    }
}
