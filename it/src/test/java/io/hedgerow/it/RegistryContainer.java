package io.hedgerow.it;

import java.time.Duration;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/** A schema registry, {@code registry:8081} in its network. */
final class RegistryContainer extends GenericContainer<RegistryContainer> {
    private static final int PORT = 8081;

    /** Takes the address of a broker in the network. */
    RegistryContainer(Network network, String bootstrapServers) {
        super(Images.registry());
        withNetwork(network);
        withNetworkAliases("registry");
        withExposedPorts(PORT);
        withEnv("SCHEMA_REGISTRY_HOST_NAME", "registry");
        withEnv("SCHEMA_REGISTRY_LISTENERS", "http://0.0.0.0:" + PORT);
        withEnv("SCHEMA_REGISTRY_KAFKASTORE_BOOTSTRAP_SERVERS", "PLAINTEXT://" + bootstrapServers);
        // What Confluent's has by default; another registry that speaks its API may have to be told.
        withEnv("APICURIO_RULES_GLOBAL_COMPATIBILITY", "BACKWARD");
        waitingFor(Wait.forHttp("/subjects").forPort(PORT).withStartupTimeout(Duration.ofMinutes(2)));
    }

    /** Its address on this machine. */
    String url() {
        return "http://" + getHost() + ":" + getMappedPort(PORT);
    }
}
