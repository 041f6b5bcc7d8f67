package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.allocator.OutOfScope;
import io.berth.k8s.advertisement.Rules;
import io.berth.k8s.advertisement.Rules.ExcludeLabel;
import io.berth.k8s.advertisement.Rules.LocalServices;
import io.berth.k8s.allocation.AllocationSettings;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class PolicyOptionsTest {

    private static PolicyOptions parsed(String... arguments) {
        PolicyOptions options = new PolicyOptions();
        new CommandLine(CommandLine.Model.CommandSpec.create()
                        .addMixin("policy", CommandLine.Model.CommandSpec.forAnnotatedObject(options)))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .parseArgs(arguments);
        return options;
    }

    @Test
    void withoutOptionsEverythingHasItsDefault() {
        assertThat(parsed().allocation())
                .isEqualTo(AllocationSettings.DEFAULT)
                .isEqualTo(new AllocationSettings("", OutOfScope.KEEP));
        assertThat(parsed().announcement())
                .isEqualTo(Rules.DEFAULT)
                .isEqualTo(new Rules("", ExcludeLabel.HONOURED, LocalServices.AS_HOST_ROUTES));
    }

    @Test
    void everyOptionHasItsEffect() {
        PolicyOptions options = parsed(
                "--load-balancer-class=berth", "--out-of-scope=reassign", "--ignore-exclude-lb", "--aggregate-local");

        assertThat(options.allocation()).isEqualTo(new AllocationSettings("berth", OutOfScope.REASSIGN));
        assertThat(options.announcement())
                .isEqualTo(new Rules("berth", ExcludeLabel.IGNORED, LocalServices.AGGREGATED));
    }
}
