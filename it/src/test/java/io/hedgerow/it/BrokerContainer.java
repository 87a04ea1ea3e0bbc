package io.hedgerow.it;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * One broker, controller as well, of a cluster. Reachable as {@code kafka-ID:19092} in its network, and on this machine at a
 * port that stays the same when it is restarted.
 */
final class BrokerContainer extends GenericContainer<BrokerContainer> {
    private final int port = freePort();
    private String listeners = "HOST://:9092,CONTROLLER://:9093,NETWORK://:19092";
    private String advertised;
    private String protocols = "HOST:PLAINTEXT,CONTROLLER:PLAINTEXT,NETWORK:PLAINTEXT";

    /**
     * A broker of a cluster.
     *
     * @param id from 1 to {@code brokers}
     */
    BrokerContainer(Network network, int id, int brokers) {
        super(Images.kafka());
        String name = "kafka-" + id;
        advertised = "HOST://%s,NETWORK://%s:19092".formatted(bootstrapServers(), name);
        String replication = String.valueOf(Math.min(3, brokers));
        String minimum = String.valueOf(Math.min(2, brokers));
        withNetwork(network);
        withNetworkAliases(name);
        withCreateContainerCmdModifier(command -> command.withHostName(name));
        addFixedExposedPort(port, 9092);
        withEnv("CLUSTER_ID", "5L6g3nShT-eMCtK--X86sw");
        withEnv("KAFKA_HEAP_OPTS", "-Xmx384m -Xms128m");
        withEnv("KAFKA_NODE_ID", String.valueOf(id));
        withEnv("KAFKA_PROCESS_ROLES", "broker,controller");
        withEnv(
                "KAFKA_CONTROLLER_QUORUM_VOTERS",
                IntStream.rangeClosed(1, brokers)
                        .mapToObj(other -> "%1$d@kafka-%1$d:9093".formatted(other))
                        .collect(Collectors.joining(",")));
        withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER");
        withEnv("KAFKA_INTER_BROKER_LISTENER_NAME", "NETWORK");
        withEnv("KAFKA_DEFAULT_REPLICATION_FACTOR", replication);
        withEnv("KAFKA_MIN_INSYNC_REPLICAS", minimum);
        withEnv("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", replication);
        withEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "3");
        withEnv("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", replication);
        withEnv("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", minimum);
        withEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "6");
        withEnv("KAFKA_TRANSACTION_ABORT_TIMED_OUT_TRANSACTION_CLEANUP_INTERVAL_MS", "1000");
        withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
        withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false");
        waitingFor(Wait.forLogMessage(".*Transitioning from RECOVERY to RUNNING.*", 1));
    }

    /**
     * A further listener, reachable on this machine.
     *
     * @param protocol Kafka's name of its security protocol
     * @return its address
     */
    String withListener(String name, String protocol, int containerPort) {
        int hostPort = freePort();
        String address = host() + ":" + hostPort;
        listeners += ",%s://:%d".formatted(name, containerPort);
        advertised += ",%s://%s".formatted(name, address);
        protocols += ",%s:%s".formatted(name, protocol);
        addFixedExposedPort(hostPort, containerPort);
        return address;
    }

    /** The address on this machine that asks for no credentials. */
    String bootstrapServers() {
        return host() + ":" + port;
    }

    @Override
    protected void configure() {
        withEnv("KAFKA_LISTENERS", listeners);
        withEnv("KAFKA_ADVERTISED_LISTENERS", advertised);
        withEnv("KAFKA_LISTENER_SECURITY_PROTOCOL_MAP", protocols);
    }

    private static String host() {
        return DockerClientFactory.instance().dockerHostIpAddress();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
