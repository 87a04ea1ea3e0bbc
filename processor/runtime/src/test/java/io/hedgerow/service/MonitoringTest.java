package io.hedgerow.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.config.ConfigReader;
import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.topics.TopicException;
import io.hedgerow.web.Health;
import io.hedgerow.web.Metrics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MonitoringTest {
    @TempDir
    private static Path folder;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(folder.resolve("kafka"));
        for (String topic : List.of("prediction-events", "explanations", "explanations-dlq", "explanations-audit")) {
            broker.createTopic(topic, 2, Map.of());
        }
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void shouldStayOffBesideExplainingOnAClusterWithoutItsTopics() throws Exception {
        try (Metrics metrics = new Metrics("test");
                Monitoring monitoring = new Monitoring(context(metrics, Map.of()), false)) {
            monitoring.prepare();
            monitoring.start();
            monitoring.look();

            Health health = monitoring.health().get(0).health();
            assertThat(health.detail())
                    .isEqualTo("off: topic explanations-references does not exist in the cluster at "
                            + broker.bootstrapServers() + ": create it");
            assertThat(health.live()).isTrue();
            assertThat(health.ready()).isTrue();
        }
    }

    @Test
    void shouldStayOffIfItIsToldTo() throws Exception {
        try (Metrics metrics = new Metrics("test");
                Monitoring monitoring = new Monitoring(context(metrics, Map.of("monitor.enabled", "false")), false)) {
            monitoring.prepare();
            monitoring.start();

            assertThat(monitoring.health().get(0).health().detail()).isEqualTo("off: monitor.enabled is false");
        }
    }

    @Test
    void shouldFailAloneWhereItCantWork() throws Exception {
        try (Metrics metrics = new Metrics("test");
                Monitoring without = new Monitoring(context(metrics, Map.of()), true);
                Monitoring off = new Monitoring(context(metrics, Map.of("monitor.enabled", "false")), true)) {
            assertThatThrownBy(without::prepare)
                    .isInstanceOf(TopicException.class)
                    .hasMessageContaining("explanations-references does not exist");
            assertThatThrownBy(off::prepare).hasMessageContaining("monitor.enabled is false");
            assertThat(without.health().get(0).health().ready()).isFalse();
        }
    }

    private static ServiceContext context(Metrics metrics, Map<String, String> more) {
        Map<String, String> values = new HashMap<>();
        values.put("kafka.bootstrap.servers", broker.bootstrapServers());
        values.put("registry.schema.registry.url", "mock://monitoring");
        values.put("models[0].name", "surface");
        values.put("models[0].path", "models/surface");
        values.put("timeouts.startup", "10s");
        values.putAll(more);
        HedgerowConfig config = ConfigReader.of(values);
        return new ServiceContext(config, Connection.of(config), metrics, "test");
    }
}
