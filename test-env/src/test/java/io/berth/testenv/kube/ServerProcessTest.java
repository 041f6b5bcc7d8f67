package io.berth.testenv.kube;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers and their end, with a shell in the place of the API server. */
class ServerProcessTest {

    private final Path home;
    private final Undertaker undertaker;

    ServerProcessTest(@TempDir Path folder) throws IOException {
        home = Files.createDirectory(folder.resolve("home"));
        undertaker = Undertaker.of(home);
    }

    @AfterEach
    void bury() {
        undertaker.close();
    }

    @Test
    void aServerThatEndsInsteadOfBecomingReadyIsToldWithItsLog() {
        ServerProcess server = shell("echo unknown flag: --nonsense; exit 3");

        assertThatThrownBy(() -> server.await(() -> false))
                .hasMessageContaining("sh ended with status 3")
                .hasMessageContaining("unknown flag: --nonsense");
    }

    @Test
    void aServerIsAwaitedUntilItIsReady() {
        ServerProcess server = shell("echo > ready; exec cat");

        server.await(() -> Files.exists(home.resolve("ready")));

        assertThat(living()).hasSize(1);
    }

    @Test
    void whatIsStoppedCanTakeLeave() {
        ServerProcess server = shell("trap 'echo > farewell; kill $!; exit' TERM; sleep 60 & echo > ready; wait");
        server.await(() -> Files.exists(home.resolve("ready")));

        server.stop();

        assertThat(home.resolve("farewell")).exists();
    }

    @Test
    void whatIsKilledCanBeStartedAgain() {
        ServerProcess server = shell("echo started; exec cat");
        server.kill();
        eventually(() -> assertThat(living()).isEmpty());

        server.again();

        assertThat(living()).hasSize(1);
    }

    @Test
    void theUndertakerEndsWhateverLivesAndRemovesTheFolder() {
        shell("exec cat").pause();
        shell("trap '' TERM; while read line; do :; done");
        List<ProcessHandle> servers = living();
        assertThat(servers).hasSize(2);

        undertaker.close();

        eventually(() -> assertThat(servers).noneMatch(ProcessHandle::isAlive));
        assertThat(home).doesNotExist();
    }

    private ServerProcess shell(String script) {
        return ServerProcess.start(home, List.of("sh", "-c", script));
    }

    /** As the undertaker sees them. */
    private List<ProcessHandle> living() {
        try (Stream<Path> files = Files.list(home)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(Undertaker.LIVING))
                    .map(name -> Long.valueOf(name.substring(Undertaker.LIVING.length())))
                    .flatMap(pid -> ProcessHandle.of(pid).stream())
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
