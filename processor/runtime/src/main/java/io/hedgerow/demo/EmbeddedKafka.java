package io.hedgerow.demo;

import io.hedgerow.topics.Leaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka cluster of one node (KRaft broker and controller) inside this process, reachable on the loopback address only.
 * The demo and the tests use it; production never does. All use of Kafka's internal server classes is in this file, which
 * is why {@code kafka_2.13} is pinned to one version.
 *
 * <p>Not thread-safe: start, restart and close it from one thread.
 */
public final class EmbeddedKafka implements AutoCloseable {
    // RATIONALE: Why are Kafka's server classes in one file?
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SETTINGS = "server.properties";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Properties properties;
    private final String bootstrapServers;
    private KafkaRaftServer server;

    private EmbeddedKafka(Properties properties, String bootstrapServers, KafkaRaftServer server) {
        this.properties = properties;
        this.bootstrapServers = bootstrapServers;
        this.server = server;
    }

    /**
     * Formats {@code directory} and starts a broker on two free ports; it serves requests when this returns.
     *
     * @param directory empty or absent folder for the broker's data; the caller deletes it
     * @param overrides broker settings to set or replace, by Kafka's names
     * @throws IllegalStateException if the folder can't be formatted
     * @throws UncheckedIOException if the folder can't be written or no port is free
     */
    public static EmbeddedKafka start(Path directory, Map<String, String> overrides) {
        List<Integer> ports = freePorts(2);
        String broker = LOOPBACK + ":" + ports.get(0);
        Properties properties = properties(directory, broker, LOOPBACK + ":" + ports.get(1));
        properties.putAll(overrides);
        format(directory, properties);
        return new EmbeddedKafka(properties, broker, startServer(properties));
    }

    /** Starts a broker with this class's own settings; see {@link #start(Path, Map)}. */
    public static EmbeddedKafka start(Path directory) {
        return start(directory, Map.of());
    }

    /**
     * Starts a broker on what an earlier one left behind, in whatever way it ended: with its data, settings and ports.
     *
     * @param directory of the earlier broker
     * @throws UncheckedIOException if there was none
     */
    public static EmbeddedKafka reopen(Path directory) {
        Properties properties = new Properties();
        try (var in = Files.newInputStream(directory.resolve(SETTINGS))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String listener = properties.getProperty("listeners").replaceFirst("PLAINTEXT://([^,]*).*", "$1");
        return new EmbeddedKafka(properties, listener, startServer(properties));
    }

    /** What {@code bootstrap.servers} is set to. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /**
     * Creates a topic, and waits until it takes records.
     *
     * @param configs the topic's settings by Kafka's names; may be empty
     * @throws IllegalStateException if the broker refuses it, for example because it exists
     */
    public void createTopic(String name, int partitions, Map<String, String> configs) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            NewTopic topic = new NewTopic(name, partitions, (short) 1).configs(configs);
            admin.createTopics(List.of(topic)).all().get();
            if (!Leaders.await(admin, name, partitions, PATIENCE)) {
                throw new IllegalStateException(
                        "topic %s was created, but takes no records after %d s".formatted(name, PATIENCE.toSeconds()));
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("topic " + name + " was not created: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while creating topic " + name, e);
        }
    }

    /** Stops the broker; its data and ports stay reserved for {@link #resume()}. */
    public void pause() {
        server.shutdown();
        server.awaitShutdown();
    }

    /** Starts the broker again, with the same data and on the same ports, after {@link #pause()}. */
    public void resume() {
        server = startServer(properties);
    }

    /** Stops the broker; its data stays on disk. */
    @Override
    public void close() {
        pause();
    }

    private static Properties properties(Path directory, String broker, String controller) {
        Properties properties = new Properties();
        properties.put("node.id", "1");
        properties.put("process.roles", "broker,controller");
        properties.put("listeners", "PLAINTEXT://" + broker + ",CONTROLLER://" + controller);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("controller.quorum.voters", "1@" + controller);
        properties.put("log.dirs", directory.resolve("data").toString());
        properties.put("auto.create.topics.enable", "false");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("transaction.state.log.num.partitions", "4");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("group.min.session.timeout.ms", "1000");
        // A transaction that its owner left open holds back every read-committed reader: look for them often.
        properties.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
        properties.put("log.cleaner.dedupe.buffer.size", "4194304");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "4");
        return properties;
    }

    private static void format(Path directory, Properties properties) {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        int status;
        try {
            Files.createDirectories(directory);
            Path file = directory.resolve(SETTINGS);
            try (var out = Files.newOutputStream(file)) {
                properties.store(out, null);
            }
            String[] arguments = {"format", "-t", Uuid.randomUuid().toString(), "-c", file.toString()};
            status = StorageTool.execute(arguments, new PrintStream(said, true, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (status != 0) {
            throw new IllegalStateException(
                    "could not format " + directory + " for Kafka: " + said.toString(StandardCharsets.UTF_8));
        }
    }

    private static KafkaRaftServer startServer(Properties properties) {
        KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(properties, false), Time.SYSTEM);
        server.startup();
        return server;
    }

    private static List<Integer> freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>(count);
        try {
            while (sockets.size() < count) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            List<Integer> ports =
                    sockets.stream().map(ServerSocket::getLocalPort).toList();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
