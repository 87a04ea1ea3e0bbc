package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.EncodedImage;
import io.hedgerow.Explanation;
import io.hedgerow.ModelRef;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.demo.DemoStream;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guide's programs in Python, beside a registry in which nobody may register what was not registered before. */
class ITPython {
    private static final Duration LONG = Duration.ofMinutes(4);
    private static final Path SCHEMAS =
            Path.of("../schemas/published").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void shouldReadEachPublishedSchemaAlone() throws Exception {
        PythonClient python = PythonClient.find(folder, "fastavro");
        try (Stream<Path> files = Files.list(SCHEMAS)) {
            assertThat(python.run("schemas.py", files.map(Path::toString).toArray(String[]::new)))
                    .containsExactlyInAnyOrder(
                            "io.hedgerow.PredictionEvent",
                            "io.hedgerow.Explanation",
                            "io.hedgerow.AuditEntry",
                            "io.hedgerow.AuditCheckpoint");
        }
    }

    @Test
    void shouldExplainWhatPythonSendsAndLetPythonReadIt() throws Exception {
        PythonClient python = PythonClient.find(folder, "confluent_kafka.schema_registry.avro", "fastavro");
        try (EmbeddedKafka broker = EmbeddedKafka.start(folder.resolve("kafka"));
                HttpRegistry registry = new HttpRegistry();
                RegistrySerde<Explanation> serde =
                        RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()));
                Account account =
                        new Account(broker.bootstrapServers(), "python", Topics.DEFAULT, serde.deserializer())) {
            Path config = Files.writeString(folder.resolve("hedgerow.yaml"), config(broker, registry));
            for (List<String> command : List.of(List.of("topics", "create"), List.of("schemas", "register"))) {
                Launcher.Result done = Launcher.run(
                        folder,
                        Launcher.COMMAND,
                        Map.of(),
                        command.get(0),
                        command.get(1),
                        "--config",
                        config.toString());
                assertThat(done.code()).as(done.err()).isZero();
            }
            Path picture = Files.write(folder.resolve("part.jpg"), picture());
            send(python, broker, registry, picture, "part-17", "ok", "0.75");
            send(python, broker, registry, picture, "part-18", "rust", "0.75");
            Launcher run = Launcher.start(folder, Launcher.COMMAND, Map.of(), "run", "--config", config.toString());
            try {
                await().atMost(LONG).until(() -> !run.process().isAlive() || account.outcomes() == 2);

                assertThat(account.deadLetters()).as(run.err()).hasSize(1);
                assertThat(new String(account.deadLetters()
                                .iterator()
                                .next()
                                .headers()
                                .lastHeader("__streams.errors.message")
                                .value()))
                        .contains("'rust' without its index; model surface has no class of that label");
                Explanation explanation = account.decoded().iterator().next();
                assertThat(explanation.getModel().getVersion()).isEqualTo("10");
                assertThat(explanation.getAttributes()).isEqualTo(Map.of("shift", "night"));
                assertThat(explanation.getPrediction().getLogged().getClassIndex())
                        .isZero();
                assertThat(python.run("consume.py", broker.bootstrapServers(), registry.url(), SCHEMAS.toString(), "1"))
                        .singleElement()
                        .asString()
                        .matches("part-17: ok because of pixel \\(\\d+, \\d+\\)");
            } finally {
                run.process().destroy();
                run.await();
            }
        }
    }

    private static void send(
            PythonClient python,
            EmbeddedKafka broker,
            HttpRegistry registry,
            Path picture,
            String id,
            String label,
            String score)
            throws Exception {
        python.run(
                "produce.py",
                broker.bootstrapServers(),
                registry.url(),
                SCHEMAS.toString(),
                id,
                picture.toString(),
                label,
                score);
    }

    private String config(EmbeddedKafka broker, HttpRegistry registry) throws Exception {
        Path model = BundledModel.SURFACE_BIASED.unpack(folder.resolve("models"));
        return """
                application.id: python
                kafka.bootstrap.servers: %s
                kafka.state.dir: %s
                registry.schema.registry.url: %s
                registry.auto.register.schemas: false
                models:
                  - {name: surface, version: "10", path: %4$s}
                  - {name: surface, version: "9", path: %4$s}
                devices: cpu
                http.port: 0
                batch.size: 1
                """
                .formatted(broker.bootstrapServers(), folder.resolve("state"), registry.url(), model);
    }

    /** Of the demo's line. */
    private static byte[] picture() {
        EncodedImage image =
                (EncodedImage) new DemoStream(3, 0, new ModelRef("surface", ""), file -> List.of(), Clock.systemUTC())
                        .event(1)
                        .event()
                        .getImage();
        byte[] file = new byte[image.getData().remaining()];
        image.getData().duplicate().get(file);
        return file;
    }
}
