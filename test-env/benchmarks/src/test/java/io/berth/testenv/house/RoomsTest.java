package io.berth.testenv.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** Who may know whom: the arrows between the modules, and what the pure rooms stay free of. */
class RoomsTest {

    private static final String[] PURE = {
        "io.berth.allocator..", "io.berth.bgp.message..", "io.berth.bgp.fsm..", "io.berth.bgp.rib.."
    };

    private static final JavaClasses MAIN = House.mainClasses();

    @Test
    void everyModuleOfTheBuildIsLookedAtAndHasBeenBuilt() throws IOException {
        assertThat(House.MODULES).containsExactlyElementsOf(House.modules());
        assertThat(MAIN)
                .extracting(JavaClass::getPackageName)
                .contains("io.berth.testenv.format", "io.berth.testenv.demo", "io.berth.testenv.bench");
    }

    @Test
    void modulesKnowOnlyTheModulesBeforeThem() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("allocator")
                .definedBy("io.berth.allocator..")
                .layer("bgp")
                .definedBy("io.berth.bgp..")
                .layer("metrics")
                .definedBy("io.berth.metrics..")
                .layer("k8s")
                .definedBy("io.berth.k8s..")
                .layer("test-env")
                .definedBy("io.berth.testenv..")
                .whereLayer("test-env")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("k8s")
                .mayOnlyBeAccessedByLayers("test-env")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("k8s", "test-env")
                .whereLayer("bgp")
                .mayOnlyBeAccessedByLayers("metrics", "k8s", "test-env")
                .whereLayer("allocator")
                .mayOnlyBeAccessedByLayers("metrics", "k8s", "test-env")
                .check(MAIN);
    }

    @Test
    void pureRoomsKnowNoSocketThreadLoggerOrKubernetes() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.netty.channel..",
                        "io.netty.handler..",
                        "io.netty.bootstrap..",
                        "java.net.http..",
                        "java.nio.channels..",
                        "java.nio.file..",
                        "java.util.concurrent..",
                        "org.slf4j..",
                        "io.micrometer..",
                        "tools.jackson..",
                        "io.fabric8..")
                .check(MAIN);
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .check(MAIN);
    }

    @Test
    void pureRoomsAreHandedTimeAndRandomness() {
        noClasses()
                .that()
                .resideInAnyPackage(PURE)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .check(MAIN);
    }

    @Test
    void theWorldIsTranslatedByPureFunctions() {
        noClasses()
                .that()
                .resideInAPackage("io.berth.k8s.resource..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.util.concurrent..", "org.slf4j..", "io.netty..")
                .check(MAIN);
    }

    @Test
    void onlyTheShellTouchesNetty() {
        noClasses()
                .that()
                .resideInAPackage("io.berth..")
                .and()
                .resideOutsideOfPackages(
                        "io.berth.bgp.net..", "io.berth.bgp.codec..", "io.berth.bgp.rib..", "io.berth.bgp")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.netty..")
                .check(MAIN);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching("io.berth.(bgp|k8s).(*)..").should().beFreeOfCycles().check(MAIN);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> marked = MAIN.stream()
                .filter(type -> type.getSimpleName().equals("package-info"))
                .filter(type -> type.isAnnotatedWith(NullMarked.class))
                .map(JavaClass::getPackageName)
                .toList();

        assertThat(MAIN).extracting(JavaClass::getPackageName).isSubsetOf(marked);
    }
}
