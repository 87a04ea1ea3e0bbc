package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import io.hedgerow.demo.BundledModel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.startupcheck.OneShotStartupCheckStrategy;
import org.testcontainers.containers.wait.strategy.Wait;

/** Hedgerow's image, as a cautious operator runs it: nothing but {@code /tmp} can be written. */
final class HedgerowContainer extends GenericContainer<HedgerowContainer> {
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final long MEMORY = 1536L << 20;
    private static final long DISK = 128L << 20;

    /**
     * A container that is not started yet.
     *
     * @param folder where the configuration is written, once for each name
     * @param name of the configuration
     * @param more further lines of the configuration
     */
    HedgerowContainer(Network network, Path folder, String name, String bootstrapServers, String more)
            throws Exception {
        super(Images.hedgerow());
        Path models = folder.resolve("models");
        BundledModel.SURFACE_BIASED.unpack(models);
        Path config = Files.writeString(
                folder.resolve(name + ".yaml"),
                """
                application.id: %s
                kafka.bootstrap.servers: %s
                registry.schema.registry.url: http://registry:8081
                models:
                  - {name: surface-biased, version: "1", path: /models/surface-biased}
                http.address: 0.0.0.0
                %s
                """
                        .formatted(name, bootstrapServers, more));
        withNetwork(network);
        withTmpFs(Map.of("/tmp", "exec,size=" + DISK));
        withCreateContainerCmdModifier(command -> {
            HostConfig host = command.getHostConfig();
            host.withReadonlyRootfs(true).withMemory(MEMORY).withMemorySwap(MEMORY);
            // Testcontainers' own binds are preceded by a trial with an image of its own.
            host.withBinds(readOnly(config, "/etc/hedgerow/hedgerow.yaml"), readOnly(models, "/models"));
        });
    }

    private static Bind readOnly(Path here, String there) {
        return new Bind(here.toString(), new Volume(there), AccessMode.ro);
    }

    /** For {@code run}: started is when it is ready. */
    HedgerowContainer running() {
        withExposedPorts(8080);
        return waitingFor(Wait.forHttp("/readyz").forPort(8080).withStartupTimeout(LONG));
    }

    /** Runs a command that ends; returns what it printed. */
    String run(String... command) {
        withCommand(command);
        withStartupCheckStrategy(new OneShotStartupCheckStrategy().withTimeout(LONG));
        try (this) {
            start();
            return getLogs();
        }
    }

    /** As {@code kill -9} does; nothing is closed or committed. */
    void kill() {
        getDockerClient().killContainerCmd(getContainerId()).withSignal("KILL").exec();
    }

    /** Leaves no byte free where it may write, which is where its state is. */
    void fillDisk() throws Exception {
        String error = execInContainer("sh", "-c", "cat /dev/zero >/tmp/full").getStderr();
        assertThat(error).contains("No space left on device");
    }

    /** Takes away what {@link #fillDisk} left. */
    void clearDisk() throws Exception {
        assertThat(execInContainer("rm", "/tmp/full").getExitCode()).isZero();
    }

    /** What {@code /metrics} answers. */
    String metrics() throws Exception {
        return Http.get("http://" + getHost() + ":" + getMappedPort(8080) + "/metrics");
    }

    /** What the container's own health check says, by its exit code. */
    void assertHealthy() throws Exception {
        assertThat(execInContainer("/opt/hedgerow/bin/healthcheck").getExitCode())
                .isZero();
        assertThat(execInContainer("/opt/hedgerow/bin/healthcheck", "/nothing").getExitCode())
                .isNotZero();
    }
}
