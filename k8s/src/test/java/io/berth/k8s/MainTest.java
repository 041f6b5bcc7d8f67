package io.berth.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {

    @Test
    void helpIsPrintedToStandardOutput() {
        Run run = Run.berth("--help");

        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("Usage: berth")
                .contains("--debug")
                .contains("Exit status:")
                .contains("BERTH_NODE_NAME");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void versionIsOneLine() {
        Run run = Run.berth("--version");

        assertThat(run.status()).isZero();
        assertThat(run.out()).matches("berth \\S+\\R");
    }

    @Test
    void noCommandIsWrongUsage() {
        Run run = Run.berth();

        assertThat(run).isEqualTo(new Run(2, "", "berth: no command given (see 'berth --help')\n"));
    }

    @Test
    void unknownOptionIsToldInOneLineWithAHint() {
        Run run = Run.berth("--verbose");

        assertThat(run)
                .isEqualTo(new Run(
                        2, "", "berth: unknown option: '--verbose'; did you mean --version? (see 'berth --help')\n"));
    }

    @Test
    void stackTraceIsPrintedWithDebugOnly() {
        assertThat(Run.berth("--debug").err()).contains("no command given").contains("\tat ");
    }

    @Test
    void everyOptionMayComeFromTheEnvironment() {
        assertThat(Run.berth(Map.of("BERTH_DEBUG", "true")).err()).contains("\tat ");
    }

    @Test
    void badValueFromTheEnvironmentNamesItsVariable() {
        Run run = Run.berth(Map.of("BERTH_DEBUG", "perhaps"));

        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("'perhaps'").contains("from BERTH_DEBUG").hasLineCount(1);
    }

    @Test
    void variablesThatHappenToBeNamedLikeHelpAndVersionMeanNothing() {
        Map<String, String> environment = Map.of("BERTH_HELP", "true", "BERTH_VERSION", "0.1.0");

        assertThat(Run.berth(environment)).isEqualTo(Run.berth());
    }

    @Test
    void unknownCommandSuggestsTheNearest() {
        Run run = Run.berth("pln");

        assertThat(run)
                .isEqualTo(new Run(2, "", "berth: unknown command 'pln'; did you mean plan? (see 'berth --help')\n"));
    }

    @Test
    void commandsThatDoNotExistYetAreUnknown() {
        for (String command : List.of("controller", "speaker")) {
            assertThat(Run.berth(command).status()).isEqualTo(2);
            assertThat(Run.berth(command).err())
                    .startsWith("berth: unknown command '" + command + "'")
                    .hasLineCount(1);
        }
    }

    @Test
    void everyCommandDocumentsEveryOptionAndItsVariable() {
        CommandLine berth = Main.berth(Map.of());
        berth.getSubcommands().forEach((name, command) -> {
            String help = Run.berth(name, "--help").out();
            assertThat(help)
                    .contains("Usage: berth " + name)
                    .contains("Exit status:")
                    .contains("BERTH_NODE_NAME");
            command.getCommandSpec().options().forEach(option -> {
                assertThat(option.description())
                        .as("%s %s", name, option.longestName())
                        .isNotEmpty();
                assertThat(help).contains(option.longestName());
            });
        });
    }

    @Test
    void clustersOtherThanDirectoriesAreToldOfInOneLine() {
        Run kube = Run.berth("run", "--cluster", "kube");

        assertThat(kube.status()).isEqualTo(2);
        assertThat(kube.err()).startsWith("berth run: --cluster kube ").hasLineCount(1);
    }
}
