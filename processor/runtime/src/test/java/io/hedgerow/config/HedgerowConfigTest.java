package io.hedgerow.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.hedgerow.device.BatchLimits;
import io.hedgerow.models.ModelSettings;
import io.hedgerow.monitor.MonitorSettings;
import io.hedgerow.monitor.delivery.Receivers;
import io.hedgerow.topics.MonitorTopics;
import io.hedgerow.topics.Topics;
import io.hedgerow.web.HttpSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HedgerowConfigTest {
    private static final String MINIMUM =
            """
            kafka:
              bootstrap.servers: localhost:9092
            registry:
              schema.registry.url: http://localhost:8081
            models:
              - name: surface
                path: models/surface
            """;

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @Test
    void shouldHaveDefaultsForWhatTheFileLeavesOut() {
        HedgerowConfig config = read(MINIMUM);

        assertThat(config.applicationId()).isEqualTo("hedgerow");
        assertThat(config.topics())
                .isEqualTo(new Topics(
                        "prediction-events",
                        "explanations",
                        "explanations-dlq",
                        "explanations-audit",
                        "explanations-checkpoints"));
        assertThat(config.monitorTopics())
                .isEqualTo(
                        new MonitorTopics("explanations-profiles", "explanations-references", "explanations-alerts"));
        assertThat(config.monitor()).isEqualTo(MonitorSettings.usual());
        assertThat(config.alerts()).isEqualTo(new Receivers(null, List.of(), null));
        assertThat(config.devices().names()).containsExactly("auto");
        assertThat(config.devices().batch())
                .isEqualTo(new BatchLimits(32, Duration.ofMillis(1), 256, 512L << 20, Duration.ofMinutes(1)));
        assertThat(config.devices().batchMemory()).isEqualTo(4L << 30);
        assertThat(config.explaining().limits().classes()).isEqualTo(16);
        assertThat(config.explaining().samplingShare()).isEqualTo(1f);
        assertThat(config.models())
                .containsExactly(new ModelSettings(
                        "surface",
                        "",
                        folder.resolve("models/surface"),
                        2f,
                        "",
                        "float32",
                        List.of("gradient-hedging")));
    }

    @Test
    void shouldTakeWhatTheFileSays() {
        HedgerowConfig config = read(
                """
                application: {id: line-2}
                kafka:
                  bootstrap.servers: [a:9092, b:9092]
                  ssl:
                    truststore.location: /etc/trust.p12
                registry: {schema.registry.url: "mock://x", auto.register.schemas: false}
                topics: {events: e, explanations: x, dead-letters: d}
                models:
                  - {name: m, version: 1.0, path: /m, ratio: 1.5, reference-layer: conv5, precision: bfloat16, methods: [grad-cam]}
                  - {name: m, version: 2.0, path: /m2}
                devices: [gpu:0, gpu:1]
                batch: {size: 8, linger: 5 ms, queue: 8, queue-bytes: 64 MB}
                limits: {image-bytes: 1024, classes: 3}
                sampling.share: 0.25
                http: {port: 0, address: 0.0.0.0}
                timeouts: {batch: 2m}
                """);

        assertThat(config.applicationId()).isEqualTo("line-2");
        assertThat(config.kafka().values())
                .containsOnly(
                        Map.entry("bootstrap.servers", "a:9092,b:9092"),
                        Map.entry("ssl.truststore.location", "/etc/trust.p12"));
        assertThat(config.registry().values()).containsEntry("auto.register.schemas", "false");
        assertThat(config.models())
                .containsExactly(
                        new ModelSettings(
                                "m",
                                "1.0",
                                Path.of("/m"),
                                1.5f,
                                "conv5",
                                "bfloat16",
                                List.of("gradient-hedging", "grad-cam")),
                        new ModelSettings("m", "2.0", Path.of("/m2"), 2f, "", "float32", List.of("gradient-hedging")));
        assertThat(config.devices().names()).containsExactly("gpu:0", "gpu:1");
        assertThat(config.devices().batch())
                .isEqualTo(new BatchLimits(8, Duration.ofMillis(5), 8, 64L << 20, Duration.ofMinutes(2)));
        assertThat(config.devices().batchMemory()).isEqualTo(Long.MAX_VALUE);
        assertThat(config.images().bytes()).isEqualTo(1024);
        assertThat(config.explaining().samplingShare()).isEqualTo(0.25f);
        assertThat(config.http()).isEqualTo(new HttpSettings(0, "0.0.0.0"));
        assertThat(config.explaining().recordTimeout()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void shouldReadWhoIsToldOfAlertsAndPrintNoSecretOfTheirs() {
        environment.put("SECRET", "whsec_" + "QUJD".repeat(8));

        HedgerowConfig config = read(
                MINIMUM
                        + """
                alerts:
                  alertmanager: http://alertmanager:9093
                  link: https://hedgerow.example/
                  webhooks:
                    - {url: "https://hooks.example/T01/B02/xyzzy", secret: "${SECRET} ${SECRET}", cloud-events: true}
                    - {url: "http://localhost:1"}
                """);

        assertThat(config.alerts().alertmanager()).hasHost("alertmanager").hasPort(9093);
        assertThat(config.alerts().link()).hasHost("hedgerow.example");
        assertThat(config.alerts().webhooks()).hasSize(2);
        assertThat(config.alerts().webhooks().get(0).cloudEvents()).isTrue();
        assertThat(config.alerts().webhooks().get(0).secrets())
                .hasSize(2)
                .allSatisfy(secret -> assertThat(secret).asString().isEqualTo("ABC".repeat(8)));
        assertThat(config.alerts().webhooks().get(1).secrets()).isEmpty();
        assertThat(config.effective().toString() + config).doesNotContain("xyzzy", "QUJD");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "alerts.alertmanager: alertmanager:9093 | alerts.alertmanager is no address",
                "alerts.link: ftp://x | alerts.link is no address",
                "alerts.webhooks: [{url: xyzzy}] | alerts.webhooks[0].url is no address",
                "alerts.webhooks: [{secret: whsec_QUJD}] | alerts.webhooks[0].url is missing",
                "alerts.webhooks: [{url: 'http://x', secret: whsec_QUJD}] | alerts.webhooks[0].secret holds no secret",
                "alerts.webhooks: [{url: 'http://x', secret: xyzzy}] | alerts.webhooks[0].secret holds no secret",
                "monitor.dependence: 0.5 | 1 or more, or 0 to measure it",
                "monitor.tolerance: 0.6 | expected: number, 0 to 0.4",
                "topics: {alerts: explanations-profiles} | topics.profiles and topics.alerts must be different topics"
            })
    void shouldRefuseWhatMonitoringCantUse(String line, String message) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> read(MINIMUM + line))
                .withMessageContaining(message)
                .withMessageNotContaining("xyzzy");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http.token: xyzzy | http.token is too short or has spaces; expected: 16 characters or more",
                "http.token: xyzzy with some spaces | http.token is too short or has spaces",
                "http: {token: xyzzy-xyzzy-xyzzy, read-token: xyzzy-xyzzy-xyzzy} | is the same as http.token",
                "http.proxies: 10.0.0.1 | http.proxy-header and http.proxies need each other",
                "http.proxy-header: X-User | http.proxy-header and http.proxies need each other"
            })
    void shouldRefuseWhatLetsNobodyOrAnybodyIn(String line, String message) {
        assertThatRefused(MINIMUM + line).withMessageContaining(message).withMessageNotContaining("xyzzy");
    }

    @Test
    void shouldHideTokensAndTakeSeveralNames() {
        HedgerowConfig config = read(
                MINIMUM
                        + "http: {token: correct-horse-battery, read-token: only-looks-at-things, hosts: 'a.example.com, b.example.com'}");

        assertThat(config.access().token()).isEqualTo("correct-horse-battery");
        assertThat(config.access().hosts()).containsExactly("a.example.com", "b.example.com");
        assertThat(config.toString()).doesNotContain("correct-horse", "only-looks");
        assertThat(config.effective()).containsEntry("http.token", "****").containsEntry("http.read-token", "****");
    }

    @Test
    void shouldReadADay() {
        assertThat(read(MINIMUM).explaining().limits().earliest()).isEqualTo("2000-01-01T00:00:00Z");
        assertThat(read(MINIMUM + "limits.earliest: 1985-06-01")
                        .explaining()
                        .limits()
                        .earliest())
                .isEqualTo("1985-06-01T00:00:00Z");
    }

    @Test
    void shouldReplaceVariablesAfterParsing() {
        environment.put("PASSWORD", "a: [b # c");
        environment.put("SIZE", "16");

        HedgerowConfig config = read(
                MINIMUM
                        + """
                batch:
                  size: ${SIZE}
                  queue: ${QUEUE:64}
                topics:
                  events: ${PREFIX:}events
                  explanations: $${PREFIX}x
                registry.basic.auth.user.info: "me:${PASSWORD}"
                """);

        assertThat(config.devices().batch().size()).isEqualTo(16);
        assertThat(config.devices().batch().queue()).isEqualTo(64);
        assertThat(config.topics().input()).isEqualTo("events");
        assertThat(config.topics().explanations()).isEqualTo("${PREFIX}x");
        assertThat(config.registry().values()).containsEntry("basic.auth.user.info", "me:a: [b # c");
    }

    @Test
    void shouldNameTheVariableThatIsNotSet() {
        assertThatRefused(MINIMUM + "application.id: ${NAME}")
                .withMessageContaining(":8: application.id: environment variable NAME is not set");
    }

    @ParameterizedTest
    @CsvSource({
        "batch.siez: 1, batch.siez, batch.size",
        "topic.events: x, topic.events, topics.events",
        "'models: [{name: m, ratoi: 1}]', models[0].ratoi, models[].ratio"
    })
    void shouldNameTheKnownKeyNearestToAnUnknownOne(String line, String unknown, String nearest) {
        assertThatRefused(line + "\n")
                .withMessage(folder.resolve("hedgerow.yaml") + ":1: " + unknown + " is no known key; did you mean "
                        + nearest + "?");
    }

    @Test
    void shouldNotGuessAtAKeyLikeNoOther() {
        assertThatRefused("zzzzzzzz: 1").withMessageContaining("zzzzzzzz is no known key; the known ones");
    }

    @ParameterizedTest
    @CsvSource({
        "batch.size, 0, 'integer, 1 to 1024'",
        "batch.size, many, 'integer, 1 to 1024'",
        "batch.linger, 1, 'duration, 0ms to 1s'",
        "batch.linger, 2s, 'duration, 0ms to 1s'",
        "batch.linger, -1ms, 'duration, 0ms to 1s'",
        "batch.queue-bytes, 999999999999999 GB, 'size, 1MB to 64GB'",
        "limits.classes, 17, 'integer, 1 to 16'",
        "limits.image-bytes, 20 MiB, 'size, 1KB to 1GB'",
        "sampling.share, NaN, 'number, 0 to 1'",
        "limits.earliest, 1969-12-31, 'date, 1970-01-01 or later'",
        "limits.earliest, yesterday, 'date, 1970-01-01 or later'",
        "devices, '[]', list",
        "topics.events, '\"\"', text"
    })
    void shouldRefuseValuesOutsideTypeAndRange(String key, String value, String expected) {
        assertThatRefused(MINIMUM + key + ": " + value)
                .withMessageContaining(":8: " + key + ": ")
                .withMessageEndingWith("is not allowed; expected: " + expected);
    }

    @Test
    void shouldRefuseAQueueSmallerThanABatch() {
        assertThatRefused(MINIMUM + "batch.queue: 31")
                .withMessageContaining(":8: batch.queue (31) must be at least batch.size (32)");
    }

    @Test
    void shouldRefuseOneTopicForTwoUses() {
        assertThatRefused(MINIMUM + "topics.explanations: prediction-events")
                .withMessageContaining(":8: topics.events and topics.explanations must be different topics");
        assertThatRefused(MINIMUM + "topics.events: explanations")
                .withMessageContaining(":8: topics.events and topics.explanations must be different topics");
    }

    @Test
    void shouldNameWhatIsMissing() {
        assertThatRefused("").withMessageContaining("kafka.bootstrap.servers is missing");
        assertThatRefused("kafka.bootstrap.servers: x")
                .withMessageContaining("registry.schema.registry.url is missing");
        assertThatRefused(MINIMUM.substring(0, MINIMUM.indexOf("models"))).withMessageContaining("models is missing");
        assertThatRefused(MINIMUM.replace("path: models/surface", "ratio: 2"))
                .withMessageContaining("models[0].path is missing");
    }

    @Test
    void shouldRefuseAModelConfiguredTwice() {
        assertThatRefused(MINIMUM + "  - name: surface\n    path: other")
                .withMessageContaining(":8: model surface is configured twice");
    }

    @Test
    void shouldRefuseAKeySetTwice() {
        assertThatRefused(MINIMUM + "batch: {size: 1}\nbatch.size: 2")
                .withMessageContaining(":9: batch.size is set a second time, after line 8");
    }

    @Test
    void shouldSayWhereTheFileIsNoYaml() {
        assertThatRefused("a: [1,\nb: {").withMessageContaining("hedgerow.yaml:2: not valid YAML");
        assertThatRefused("- 1").withMessageContaining(":1: keys and values were expected");
    }

    @Test
    void shouldSayThatThereIsNoFile() {
        Path missing = folder.resolve("missing.yaml");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> ConfigReader.read(missing, Map.of()))
                .withMessage("There is no configuration file " + missing);
    }

    @Test
    void shouldBeMadeWithoutAFile() {
        HedgerowConfig config = ConfigReader.of(Map.of(
                "kafka.bootstrap.servers", "localhost:1",
                "registry.schema.registry.url", "mock://demo",
                "models[0].name", "m",
                "models[0].path", "m",
                "batch.size", "4"));

        assertThat(config.devices().batch().size()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.sasl.jaas.config",
        "kafka.ssl.key.password",
        "kafka.ssl.keystore.password",
        "kafka.ssl.truststore.password",
        "kafka.ssl.keystore.key",
        "kafka.ssl.keystore.certificate.chain",
        "kafka.ssl.truststore.certificates",
        "kafka.sasl.oauthbearer.client.credentials.client.secret",
        "kafka.sasl.oauthbearer.assertion.private.key.passphrase",
        "kafka.producer.sasl.jaas.config",
        "kafka.some.plugin.api-key",
        "registry.basic.auth.user.info",
        "registry.schema.registry.basic.auth.user.info",
        "registry.bearer.auth.token",
        "registry.bearer.auth.client.secret",
        "registry.schema.registry.ssl.keystore.password",
        "registry.sasl.jaas.config"
    })
    void shouldShowSecretsToNobody(String key) {
        HedgerowConfig config = read(MINIMUM + key + ": hunter2");

        assertThat(config.toString() + config.effective()).doesNotContain("hunter2");
        assertThat(config.effective()).containsEntry(key, "****");
    }

    @Test
    void shouldShowNoCredentialsOfAddresses() {
        HedgerowConfig config = read(MINIMUM.replace("http://localhost", "http://me:hunter2@localhost"));

        assertThat(config.toString() + config.effective())
                .contains("http://****@localhost:8081")
                .doesNotContain("hunter2");
    }

    @Test
    void shouldShowWhatIsNoSecret() {
        HedgerowConfig config = read(
                MINIMUM
                        + """
                kafka.sasl.mechanism: PLAIN
                kafka.sasl.oauthbearer.token.endpoint.url: https://id/token
                registry.basic.auth.credentials.source: USER_INFO
                """);

        assertThat(config.effective())
                .containsEntry("kafka.sasl.mechanism", "PLAIN")
                .containsEntry("kafka.sasl.oauthbearer.token.endpoint.url", "https://id/token")
                .containsEntry("registry.basic.auth.credentials.source", "USER_INFO")
                .containsEntry("batch.size", "32")
                .containsEntry("models[0].ratio", "2");
    }

    @ParameterizedTest
    @CsvSource({
        "max.poll.recrods, max.poll.records",
        "main.consumer.max.poll.recrods, main.consumer.max.poll.records",
        "main.consumr.max.poll.records, main.consumer.max.poll.records",
        "producer.linger.m, producer.linger.ms",
        "num.stream.thread, num.stream.threads",
        "bootstrap.server, bootstrap.servers",
        "topic.retention.mss, topic.retention.ms",
        "sasl.jaas.confg, sasl.jaas.config"
    })
    void shouldRefuseASlipInAKafkaSetting(String written, String meant) {
        assertThatRefused(MINIMUM + "kafka." + written + ": 1")
                .withMessageContaining(
                        "kafka.%s is no setting of Kafka's; did you mean kafka.%s?".formatted(written, meant));
    }

    @Test
    void shouldPassOnWhatIsNoSettingOfKafkasButNoSlip() {
        HedgerowConfig config = read(
                MINIMUM
                        + """
                kafka.some.plugin.endpoint: here
                kafka.client.tag.zone: a
                kafka.config.providers: file
                kafka.config.providers.file.class: a.B
                kafka.consumer.some.other: x
                kafka.group.instance.id: y
                """);

        assertThat(config.strange()).containsExactly("consumer.some.other", "some.plugin.endpoint");
    }

    private ThrowableAssertAlternative<ConfigurationException> assertThatRefused(String yaml) {
        return assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> read(yaml));
    }

    private HedgerowConfig read(String yaml) {
        Path file = folder.resolve("hedgerow.yaml");
        try {
            Files.writeString(file, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ConfigReader.read(file, environment);
    }
}
