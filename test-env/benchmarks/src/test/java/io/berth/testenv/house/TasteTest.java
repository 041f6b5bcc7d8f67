package io.berth.testenv.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.core.domain.JavaModifier;
import org.junit.jupiter.api.Test;

/** What we agreed not to write, in the product or in its tests. */
class TasteTest {

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Util|Utils|Processor|Impl|DTO|Dto)")
                .orShould()
                .haveNameMatching(".*\\.(Abstract|Base)[A-Z].*")
                .check(House.allClasses());
    }

    @Test
    void nobodyWaitsByTheClock() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callMethod(java.util.concurrent.TimeUnit.class, "sleep", long.class)
                .check(House.allClasses());
    }

    @Test
    void mutableThingsHaveOneOwnerThreadAndNeedNoLocks() {
        noMethods().should().haveModifier(JavaModifier.SYNCHRONIZED).check(House.mainClasses());
        noClasses()
                .that()
                .resideOutsideOfPackage("io.berth.testenv..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.concurrent.locks..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("java\\.util\\.concurrent\\.Concurrent.*")
                .check(House.mainClasses());
    }
}
