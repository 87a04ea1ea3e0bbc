package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.demo.EmbeddedKafka;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, which can be killed and started again on what it left. */
final class BrokerProcess implements AutoCloseable {
    private final Path directory;
    private Process process;

    BrokerProcess(Path directory) throws Exception {
        this.directory = directory;
        process = launch();
    }

    /** The process: in a folder, a broker that is new there or not. */
    public static void main(String[] arguments) throws Exception {
        Path directory = Path.of(arguments[0]);
        EmbeddedKafka broker = Files.exists(directory.resolve("bootstrap"))
                ? EmbeddedKafka.reopen(directory)
                : EmbeddedKafka.start(directory);
        Files.writeString(directory.resolve("bootstrap"), broker.bootstrapServers());
        Files.createFile(directory.resolve("up"));
        new CountDownLatch(1).await();
    }

    String bootstrapServers() throws Exception {
        return Files.readString(directory.resolve("bootstrap"));
    }

    /** As {@code kill -9} does; returns when the process is gone. */
    void kill() throws Exception {
        process.destroyForcibly().waitFor();
    }

    /** Starts it again; returns when it serves. */
    void restart() throws Exception {
        process = launch();
    }

    @Override
    public void close() throws Exception {
        kill();
    }

    private Process launch() throws Exception {
        Files.createDirectories(directory);
        Path up = directory.resolve("up");
        Path log = directory.resolve("log");
        Files.deleteIfExists(up);
        Process launched = JavaProcess.start(
                log, BrokerProcess.class, List.of("-Xmx512m", "-XX:+UseSerialGC"), directory.toString());
        await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(up) || !launched.isAlive());
        assertThat(launched.isAlive()).as(Files.readString(log)).isTrue();
        return launched;
    }
}
