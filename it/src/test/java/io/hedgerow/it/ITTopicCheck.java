package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.topology.TopicCheck;
import io.hedgerow.topology.TopicException;
import io.hedgerow.topology.Topics;
import io.hedgerow.topology.TopologySettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ITTopicCheck {
    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(directory);
        broker.createTopic("in", 4, Map.of());
        broker.createTopic("four", 4, Map.of("max.message.bytes", "50000"));
        broker.createTopic("six", 6, Map.of());
        broker.createTopic("three", 3, Map.of());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldLowerTheRecordLimitToWhatTheTopicsTake() {
        assertThat(fit("four", "six").maxRecordBytes()).isEqualTo(50_000);
    }

    @Test
    void shouldRefuseFewerOutputThanInputPartitions() {
        assertThatThrownBy(() -> fit("six", "three"))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("topic three has 3 partitions, fewer than the 4 of in");
    }

    @Test
    void shouldNameAMissingTopic() {
        assertThatThrownBy(() -> fit("nowhere", "six"))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("topic nowhere does not exist");
    }

    @Test
    void shouldSayWhichClusterDoesNotAnswer() {
        try (TopicCheck check = new TopicCheck(kafka("127.0.0.1:1"), Duration.ofSeconds(1))) {
            TopologySettings settings = TopologySettings.defaults("it");

            assertThatThrownBy(() -> check.fit(settings))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("no answer from the Kafka cluster at 127.0.0.1:1 within 1 s");
        }
    }

    private static TopologySettings fit(String explanations, String deadLetters) {
        TopologySettings settings =
                TopologySettings.defaults("it").withTopics(new Topics("in", explanations, deadLetters));
        try (TopicCheck check = new TopicCheck(kafka(broker.bootstrapServers()), Duration.ofSeconds(20))) {
            return check.fit(settings);
        }
    }

    private static Map<String, String> kafka(String bootstrap) {
        return Map.of("application.id", "it", "bootstrap.servers", bootstrap);
    }
}
