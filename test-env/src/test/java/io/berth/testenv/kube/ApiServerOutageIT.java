package io.berth.testenv.kube;

import static io.berth.testenv.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An API server that goes and comes, and one that stands still: on a server of this suite's own, since it disturbs all others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiServerOutageIT {

    private final ApiServer server = started();
    private final KubernetesClient client = Cluster.client(server.kubeconfig());
    private final String namespace = Cluster.newNamespace(client);

    private static ApiServer started() {
        long start = System.nanoTime();
        ApiServer server = ApiServer.start();
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        System.out.println("an API server and its etcd were ready after " + millis + " ms");
        return server;
    }

    @AfterAll
    void close() {
        client.close();
        server.close();
    }

    @Test
    void whatWasWrittenBeforeAStopIsThereAfterIt() {
        Service written = write("before-the-stop");

        server.stop();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        server.startAgain();

        assertThat(client.resource(written).get()).isEqualTo(written);
    }

    @Test
    void whatWasWrittenBeforeACrashIsThereAfterIt() {
        Service written = write("before-the-crash");

        server.kill();
        assertThatThrownBy(this::connect).isInstanceOf(ConnectException.class);
        server.startAgain();

        assertThat(client.resource(written).get()).isEqualTo(written);
    }

    @Test
    void aWatchGoesOnAfterTheServerHasComeBack() {
        try (SharedIndexInformer<Service> services =
                client.services().inNamespace(namespace).inform()) {
            server.stop();
            server.startAgain();

            write("after-the-outage");

            eventually(() -> assertThat(services.getIndexer().getByKey(namespace + "/after-the-outage"))
                    .isNotNull());
        }
    }

    @Test
    void aServerThatStandsStillTakesConnectionsAndAnswersNothing() throws IOException {
        server.pause();
        try {
            connect();
            assertThatThrownBy(() -> client.namespaces().withName(namespace).get())
                    .isInstanceOf(KubernetesClientException.class);
        } finally {
            server.unpause();
        }

        assertThat(client.namespaces().withName(namespace).get()).isNotNull();
    }

    @Test
    void aTokenIsGoodAfterTheServerHasComeBack() {
        server.kubectl("create", "serviceaccount", "speaker", "--namespace", namespace);
        Path kubeconfig = server.kubeconfigForServiceAccount(namespace, "speaker");

        server.stop();
        server.startAgain();

        try (KubernetesClient speaker = Cluster.client(kubeconfig)) {
            assertThatThrownBy(() -> speaker.services().inNamespace(namespace).list())
                    .hasMessageContaining("system:serviceaccount:" + namespace + ":speaker");
        }
    }

    @Test
    void nothingIsLeftOfAClosedServer() {
        ApiServer another = ApiServer.start();
        assertThat(another.address()).isNotEqualTo(server.address());
        Path folder = another.kubeconfig().getParent();

        another.close();

        assertThat(folder).doesNotExist();
        assertThatThrownBy(() -> connect(another)).isInstanceOf(ConnectException.class);
    }

    private Service write(String name) {
        return client.resource(Workload.loadBalancer(namespace, name)).create();
    }

    private void connect() throws IOException {
        connect(server);
    }

    private static void connect(ApiServer server) throws IOException {
        new Socket(server.address().getHost(), server.address().getPort()).close();
    }
}
