package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hedgerow.Explanation;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AclBinding;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.testcontainers.containers.Network;
import org.testcontainers.utility.MountableFile;

/** A real broker that lets in only whom it knows, each to what the documents say is needed. */
@NeedsDocker
class ITSecurity {
    private static final Duration LONG = Duration.ofMinutes(2);
    /** Nothing that is printed or written may hold one of these. */
    private static final Map<String, String> SECRETS = Map.of(
            "password", "hunter2-scram",
            "store", "hunter2-store",
            "wrong", "hunter2-wrong",
            "user", "hunter2-user",
            "token", "hunter2-token",
            "url", "hunter2-url");

    @TempDir
    private static Path folder;

    private static Network network;
    private static BrokerContainer broker;
    private static HttpRegistry registry;
    private static String scram;
    private static String mutual;
    private static Path model;
    private static Path brokerKeys;
    private static Path processorKeys;
    private static Path strangerKeys;
    /** Every start would check the cache's library anew, one after the other. */
    private static Map<String, String> environment;

    @BeforeAll
    static void start() throws Exception {
        String store = SECRETS.get("store");
        model = BundledModel.SURFACE_BIASED.unpack(folder.resolve("models"));
        registry = new HttpRegistry();
        environment = Map.of("TENSORFLOW_LIBRARY_PATH", tensorFlow().toString());
        brokerKeys = Keys.make(folder, "broker", store);
        processorKeys = Keys.make(folder, "processor", store);
        strangerKeys = Keys.make(folder, "stranger", store);
        network = Network.newNetwork();
        broker = new BrokerContainer(network, 1, 1)
                .withCopyFileToContainer(MountableFile.forHostPath(brokerKeys, 0644), "/keys/broker.p12")
                .withCopyFileToContainer(MountableFile.forHostPath(processorKeys, 0644), "/keys/processor.p12")
                .withEnv("KAFKA_AUTHORIZER_CLASS_NAME", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
                // whoever comes through the listener without credentials: this test's own preparations
                .withEnv("KAFKA_SUPER_USERS", "User:ANONYMOUS")
                .withEnv("KAFKA_SASL_ENABLED_MECHANISMS", "SCRAM-SHA-512")
                .withEnv(
                        "KAFKA_LISTENER_NAME_SCRAM_SCRAM___SHA___512_SASL_JAAS_CONFIG",
                        "org.apache.kafka.common.security.scram.ScramLoginModule required;")
                .withEnv("KAFKA_LISTENER_NAME_MUTUAL_SSL_CLIENT_AUTH", "required")
                .withEnv("KAFKA_SSL_PRINCIPAL_MAPPING_RULES", "RULE:^CN=(.*)$/$1/")
                .withEnv("KAFKA_SSL_KEYSTORE_TYPE", "PKCS12")
                .withEnv("KAFKA_SSL_KEYSTORE_LOCATION", "/keys/broker.p12")
                .withEnv("KAFKA_SSL_KEYSTORE_PASSWORD", store)
                .withEnv("KAFKA_SSL_TRUSTSTORE_TYPE", "PKCS12")
                .withEnv("KAFKA_SSL_TRUSTSTORE_LOCATION", "/keys/processor.p12")
                .withEnv("KAFKA_SSL_TRUSTSTORE_PASSWORD", store);
        scram = broker.withListener("SCRAM", "SASL_SSL", 9094);
        mutual = broker.withListener("MUTUAL", "SSL", 9095);
        broker.start();
        try (Admin admin = admin()) {
            for (String user : List.of("operator", "line", "processor", "reader")) {
                admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                                user,
                                new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, 4096),
                                SECRETS.get("password"))))
                        .all()
                        .get();
            }
            admin.createAcls(DocumentedPermissions.read()).all().get();
        }
        assertThat(hedgerow(scram("operator", "password", brokerKeys), "topics", "create", "--partitions", "2"))
                .satisfies(result -> assertThat(result.code()).as(result.err()).isZero());
    }

    @AfterAll
    static void stop() throws Exception {
        if (broker != null) {
            broker.close();
            network.close();
            registry.close();
        }
    }

    @Test
    void shouldNeedNoMorePermissionsThanAreDocumented() throws Exception {
        assertThat(DocumentedPermissions.read()).hasSizeGreaterThan(8);
        Launcher processor = Launcher.start(
                folder,
                Launcher.COMMAND,
                environment,
                "run",
                "--config",
                config(mutual(brokerKeys, processorKeys)).toString());
        List<String> said = new ArrayList<>();
        try {
            Launcher.Result sent =
                    hedgerow(scram("line", "password", brokerKeys), "demo-events", "--count", "8", "--rate", "100");
            assertThat(sent.code()).as(sent.err()).isZero();

            Launcher.Result read = hedgerow(
                    scram("reader", "password", brokerKeys),
                    "tail",
                    "--from-beginning",
                    "--count",
                    "8",
                    "--out",
                    folder.resolve("pictures").toString());
            assertThat(read.code()).as(read.err() + processor.err()).isZero();
            assertThat(read.out().lines()).hasSize(8);
            said.addAll(List.of(sent.out(), sent.err(), read.out(), read.err()));
        } finally {
            processor.process().destroy();
        }
        said.add(processor.await().err());
        assertThat(said).allSatisfy(ITSecurity::assertKeepsSecrets);
        try (Stream<Path> pictures = Files.list(folder.resolve("pictures"))) {
            assertThat(pictures).hasSize(8);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "wrong password, invalid credentials",
        "unknown user, invalid credentials",
        "untrusted broker, don't trust each other",
        "no certificate, don't trust each other",
        "strange certificate, don't trust each other",
        "wrong store password, password was incorrect",
        "unclosed JAAS, JAAS"
    })
    void shouldSayInOneLineWhichCredentialIsWrong(String fault, String message) throws Exception {
        String settings =
                switch (fault) {
                    case "wrong password" -> scram("processor", "wrong", brokerKeys);
                    case "unknown user" -> scram("nobody", "password", brokerKeys);
                    case "untrusted broker" -> scram("processor", "password", strangerKeys);
                    case "no certificate" -> mutual(brokerKeys, null);
                    case "strange certificate" -> mutual(brokerKeys, strangerKeys);
                    case "wrong store password" ->
                        mutual(brokerKeys, processorKeys)
                                .replace(
                                        "keystore.password: " + SECRETS.get("store"),
                                        "keystore.password: " + SECRETS.get("wrong"));
                    default -> scram("processor", "password", brokerKeys).replace(";'", "'");
                };

        Launcher.Result result = hedgerow(settings, "run");

        assertThat(result.code()).as(result.err()).isIn(1, 2);
        assertThat(lines(result)).singleElement().asString().contains(message);
        assertThat(result.err()).doesNotContain("\tat ");
        assertKeepsSecrets(result.err());
        assertKeepsSecrets(hedgerow(settings, "run", "--verbose").err());
    }

    @ParameterizedTest
    @CsvSource({
        "prediction-events, not allow to use topic prediction-events",
        "explanations, not allow to use topic explanations",
        "hedgerow, GroupAuthorizationException",
        "hedgerow-, TransactionalIdAuthorizationException"
    })
    void shouldSayWhichPermissionIsMissing(String resource, String message) throws Exception {
        List<AclBinding> taken = DocumentedPermissions.read().stream()
                .filter(binding -> binding.pattern().name().equals(resource)
                        && binding.entry().principal().equals("User:processor"))
                .toList();
        assertThat(taken).isNotEmpty();
        try (Admin admin = admin()) {
            admin.deleteAcls(taken.stream().map(AclBinding::toFilter).toList())
                    .all()
                    .get();
            try {
                Launcher.Result result = hedgerow(scram("processor", "password", brokerKeys), "run");

                assertThat(result.code()).as(result.err()).isEqualTo(1);
                assertThat(lines(result)).as(result.err()).hasSize(1);
                assertThat(result.err()).contains(message).contains("uthoriz");
                assertThat(result.err()).doesNotContain("\tat ");
            } finally {
                admin.createAcls(taken).all().get();
            }
        }
    }

    @Test
    void shouldKeepEverySecret() throws Exception {
        String everything = scram("processor", "password", brokerKeys)
                + """
                kafka.ssl.keystore.location: %1$s
                kafka.ssl.keystore.password: %2$s
                kafka.ssl.key.password: %2$s
                registry.schema.registry.url: http://somebody:%3$s@%4$s
                registry.basic.auth.credentials.source: USER_INFO
                registry.basic.auth.user.info: somebody:%5$s
                registry.bearer.auth.token: %6$s
                registry.schema.registry.ssl.keystore.location: %1$s
                registry.schema.registry.ssl.keystore.password: %2$s
                registry.schema.registry.ssl.key.password: %2$s
                dead-letters.stack-traces: true
                """
                        .formatted(
                                processorKeys,
                                SECRETS.get("store"),
                                SECRETS.get("url"),
                                registry.url().replace("http://", ""),
                                SECRETS.get("user"),
                                SECRETS.get("token"));
        Path config = config(everything);
        int port = 20_000 + (int) (ProcessHandle.current().pid() % 20_000);
        Files.writeString(config, Files.readString(config).replace("http.port: 0", "http.port: " + port));
        assertKeepsSecrets(Launcher.run(
                        folder, Launcher.COMMAND, environment, "run", "--config", config.toString(), "--print-config")
                .out());

        Launcher processor = Launcher.start(
                folder,
                Launcher.COMMAND,
                Map.of(
                        "HEDGEROW_LOG_FORMAT",
                        "json",
                        "TENSORFLOW_LIBRARY_PATH",
                        environment.get("TENSORFLOW_LIBRARY_PATH")),
                "run",
                "--verbose",
                "--config",
                config.toString());
        String metrics;
        try {
            await().atMost(LONG)
                    .ignoreExceptions()
                    .until(() -> !processor.process().isAlive()
                            || !Http.get("http://127.0.0.1:" + port + "/readyz").isEmpty());
            assertThat(processor.process().isAlive()).as(processor.err()).isTrue();
            hedgerow(scram("line", "password", brokerKeys), "demo-events", "--count", "3", "--rate", "100");
            try (Account account = new Account(
                    broker.bootstrapServers(),
                    "hedgerow",
                    Topics.DEFAULT,
                    RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", registry.url()))
                            .deserializer())) {
                account.requireComplete();
                Stream.of(account.input(), account.explanations(), account.deadLetters())
                        .flatMap(List::stream)
                        .forEach(record -> {
                            assertKeepsSecrets(new String(record.value(), StandardCharsets.ISO_8859_1));
                            record.headers()
                                    .forEach(header -> assertKeepsSecrets(
                                            new String(header.value(), StandardCharsets.ISO_8859_1)));
                        });
            }
            metrics = Http.get("http://127.0.0.1:" + port + "/metrics");
        } finally {
            processor.process().destroy();
        }
        Launcher.Result result = processor.await();

        assertThat(metrics).contains("hedgerow_");
        assertKeepsSecrets(metrics);
        assertThat(result.err()).contains("Explaining");
        assertKeepsSecrets(result.out() + result.err());
    }

    private static Path tensorFlow() throws Exception {
        Path library = Path.of("target/tensorflow").toAbsolutePath();
        if (!Files.isDirectory(library)) {
            Launcher.Result unpacked =
                    Launcher.run(folder, Launcher.COMMAND, Map.of(), "unpack", "--out", library.toString());
            assertThat(unpacked.code()).as(unpacked.err()).isZero();
        }
        return library;
    }

    private static void assertKeepsSecrets(String text) {
        assertThat(SECRETS.values()).noneMatch(text::contains);
    }

    private static List<String> lines(Launcher.Result result) {
        return result.err()
                .lines()
                .filter(line -> line.startsWith("hedgerow: "))
                .toList();
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    private static Launcher.Result hedgerow(String settings, String... command) throws Exception {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of("--config", config(settings).toString()));
        return Launcher.run(folder, Launcher.COMMAND, environment, line.toArray(String[]::new));
    }

    private static Path config(String settings) throws IOException {
        Path file = Files.createTempFile(folder, "hedgerow", ".yaml");
        String all = settings
                + (settings.contains("schema.registry.url")
                        ? ""
                        : "registry.schema.registry.url: " + registry.url() + "\n")
                + """
                models:
                  - {name: surface-biased, version: "1", path: %s}
                limits.image-bytes: 900KB
                http.port: 0
                timeouts.startup: 15s
                """
                        .formatted(model);
        return Files.writeString(file, all);
    }

    private static String scram(String user, String password, Path trusted) {
        return """
                kafka.bootstrap.servers: %s
                kafka.security.protocol: SASL_SSL
                kafka.sasl.mechanism: SCRAM-SHA-512
                kafka.sasl.jaas.config: 'org.apache.kafka.common.security.scram.ScramLoginModule required username="%s" password="%s";'
                kafka.ssl.truststore.location: %s
                kafka.ssl.truststore.password: %s
                """
                .formatted(scram, user, SECRETS.get(password), trusted, SECRETS.get("store"));
    }

    private static String mutual(Path trusted, Path own) {
        String settings =
                """
                kafka.bootstrap.servers: %s
                kafka.security.protocol: SSL
                kafka.ssl.truststore.location: %s
                kafka.ssl.truststore.password: %s
                """
                        .formatted(mutual, trusted, SECRETS.get("store"));
        return own == null
                ? settings
                : settings
                        + """
                kafka.ssl.keystore.location: %s
                kafka.ssl.keystore.password: %s
                """
                                .formatted(own, SECRETS.get("store"));
    }
}
