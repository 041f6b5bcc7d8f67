package io.berth.testenv.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The compiled classes of every module of this build, read from the modules' own output folders. */
final class House {

    private static final List<String> MODULES = List.of("allocator", "bgp", "metrics", "k8s", "test-env");

    private House() {}

    /** What the product and its fixtures are made of. */
    static JavaClasses mainClasses() {
        return imported("target/classes");
    }

    /** The same, with every test. */
    static JavaClasses allClasses() {
        return imported("target/classes", "target/test-classes");
    }

    private static JavaClasses imported(String... folders) {
        Path root = Path.of(System.getProperty("berth.root"));
        List<Path> paths = MODULES.stream()
                .flatMap(module ->
                        Stream.of(folders).map(folder -> root.resolve(module).resolve(folder)))
                .filter(Files::isDirectory)
                .toList();
        return new ClassFileImporter().importPaths(paths);
    }
}
