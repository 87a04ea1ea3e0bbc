package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.EmbeddedKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/README.md says Kafka's authorizer has to allow is enough for all who touch the audit trail or dead letters. */
class ITPermissions {
    private static final Duration LONG = Duration.ofSeconds(90);
    private static final int EVENTS = 12;
    private static final String LOGIN = "org.apache.kafka.common.security.plain.PlainLoginModule required";

    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;
    private static HttpRegistry registry;
    private static Path model;

    @BeforeAll
    static void start() throws Exception {
        String users = Stream.of("broker", "operator", "processor", "line", "auditor", "replayer")
                .map(user -> " user_%1$s=\"of-%1$s\"".formatted(user))
                .collect(Collectors.joining());
        broker = EmbeddedKafka.start(
                folder.resolve("kafka"),
                Map.of(
                        "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                        "inter.broker.listener.name", "PLAINTEXT",
                        "sasl.enabled.mechanisms", "PLAIN",
                        "sasl.mechanism.inter.broker.protocol", "PLAIN",
                        "listener.name.plaintext.plain.sasl.jaas.config",
                                LOGIN + " username=\"broker\" password=\"of-broker\"" + users + ";",
                        "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                        "super.users", "User:broker;User:ANONYMOUS"));
        registry = new HttpRegistry();
        model = BundledModel.SURFACE_BIASED.unpack(folder.resolve("models"));
        try (Admin admin = Admin.create(client("broker"))) {
            admin.createAcls(DocumentedPermissions.read()).all().get();
        }
        hedgerow("audit", "keygen", "--out", folder.resolve("audit.key").toString());
        as("operator", "topics", "create", "--partitions", "2");
        as("operator", "topics", "check");
    }

    @AfterAll
    static void stop() {
        registry.close();
        broker.close();
    }

    @Test
    void shouldNeedNoMorePermissionsThanAreDocumented() throws Exception {
        as("line", "demo-events", "--count", String.valueOf(EVENTS), "--rate", "1000");
        try (var line = new KafkaProducer<>(client("line"), new ByteArraySerializer(), new ByteArraySerializer())) {
            line.send(new ProducerRecord<>("prediction-events", new byte[] {1, 2, 3}))
                    .get();
        }
        String key = folder.resolve("audit.key.pub").toString();
        Launcher processor = Launcher.start(folder, Launcher.COMMAND, Map.of(), line("processor", List.of("run")));
        try {
            await().atMost(LONG).untilAsserted(() -> {
                assertThat(processor.process().isAlive()).as(processor.err()).isTrue();
                JsonNode logs = new ObjectMapper()
                        .readTree(as("auditor", "audit", "verify", "--public-key", key, "--json"))
                        .get("logs");
                assertThat(logs).hasSize(2).allSatisfy(log -> {
                    assertThat(log.get("pending_inputs").asLong()).isZero();
                    assertThat(log.get("sealed")).isEqualTo(log.get("entries"));
                });
            });
            as("auditor", "audit", "prove", "part-3", "--public-key", key);
            as(
                    "auditor",
                    "audit",
                    "export",
                    "--public-key",
                    key,
                    "--out",
                    folder.resolve("export").toString());
            assertThat(as("replayer", "dead-letters", "list")).contains("1 dead letter");
            assertThat(as("replayer", "dead-letters", "replay")).contains("replayed           1");
            assertThat(as("replayer", "dead-letters", "replay")).contains("replayed before    1");
            assertThat(as("operator", "topics", "add-partitions", "--partitions", "3"))
                    .contains("hedgerow-audit-log-changelog  3 partitions, 1 of them new");
        } finally {
            processor.process().destroy();
        }
        assertThat(processor.await().err()).doesNotContain("uthorization", "ERROR", "Monitoring stays off");
    }

    private static String as(String user, String... command) throws Exception {
        return hedgerow(line(user, List.of(command)));
    }

    private static String hedgerow(String... command) throws Exception {
        Launcher.Result result = Launcher.run(folder, Launcher.COMMAND, Map.of(), command);
        assertThat(result.code()).as(Arrays.toString(command) + result.err()).isZero();
        return result.out();
    }

    private static String[] line(String user, List<String> command) throws IOException {
        Path config = Files.writeString(
                folder.resolve(user + ".yaml"),
                """
                kafka:
                  bootstrap.servers: %s
                  security.protocol: SASL_PLAINTEXT
                  sasl.mechanism: PLAIN
                  sasl.jaas.config: '%s'
                  state.dir: %s
                registry.schema.registry.url: %s
                models:
                  - {name: surface-biased, version: "1", path: %s}
                http.port: 0
                audit.key-file: audit.key
                audit.checkpoint-interval: 1s
                """
                        .formatted(
                                broker.bootstrapServers(),
                                login(user),
                                folder.resolve("state"),
                                registry.url(),
                                model));
        List<String> line = new ArrayList<>(command);
        line.addAll(List.of("--config", config.toString()));
        return line.toArray(String[]::new);
    }

    private static Map<String, Object> client(String user) {
        return Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(user));
    }

    private static String login(String user) {
        return "%1$s username=\"%2$s\" password=\"of-%2$s\";".formatted(LOGIN, user);
    }
}
