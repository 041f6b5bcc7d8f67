package io.berth.k8s;

import java.lang.reflect.AnnotatedElement;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Every option that is not given, and is no {@link Filter}, is looked for in the environment: {@code --node-name} is
 * {@code BERTH_NODE_NAME}.
 */
final class EnvironmentDefaults implements IDefaultValueProvider {

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        return variable(argument).map(environment::get).orElse(null);
    }

    /** The variable that stands in for this option; none for arguments and filters, nor for {@code --help} and {@code --version}. */
    static Optional<String> variable(ArgSpec argument) {
        return argument instanceof OptionSpec option
                        && !option.usageHelp()
                        && !option.versionHelp()
                        && !isFilter(option)
                ? Optional.of("BERTH_"
                        + option.longestName().substring(2).replace('-', '_').toUpperCase(Locale.ROOT))
                : Optional.empty();
    }

    private static boolean isFilter(OptionSpec option) {
        return option.userObject() instanceof AnnotatedElement declared && declared.isAnnotationPresent(Filter.class);
    }
}
