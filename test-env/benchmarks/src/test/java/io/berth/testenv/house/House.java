package io.berth.testenv.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The compiled classes of every module of this build, read from the modules' own output folders. This is in the module that is built
 * last: by then there are all of them.
 */
final class House {

    private static final Path ROOT = Path.of(System.getProperty("berth.root"));

    static final List<String> MODULES =
            List.of("test-env/formatter", "allocator", "bgp", "metrics", "k8s", "test-env", "test-env/benchmarks");

    /** What JMH makes of benchmarks has not our taste. */
    private static final String GENERATED = "/jmh_generated/";

    private House() {}

    /** The modules that the build has, as its own description lists them. */
    static List<String> modules() throws IOException {
        return Pattern.compile("<module>(.*?)</module>")
                .matcher(Files.readString(ROOT.resolve("pom.xml")))
                .results()
                .map(module -> module.group(1))
                .toList();
    }

    /** What the product and its fixtures are made of. */
    static JavaClasses mainClasses() {
        return imported("target/classes");
    }

    /** The same, with every test. */
    static JavaClasses allClasses() {
        return imported("target/classes", "target/test-classes");
    }

    private static JavaClasses imported(String... folders) {
        List<Path> paths = MODULES.stream()
                .flatMap(module ->
                        Stream.of(folders).map(folder -> ROOT.resolve(module).resolve(folder)))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter()
                .withImportOption(location -> !location.contains(GENERATED))
                .importPaths(paths);
    }
}
