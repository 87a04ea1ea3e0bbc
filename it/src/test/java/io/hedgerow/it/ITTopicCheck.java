package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.demo.EmbeddedKafka;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.TopicCheck;
import io.hedgerow.topics.TopicException;
import io.hedgerow.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ITTopicCheck {
    private static final int KAFKAS_DEFAULT = (1 << 20) + 12;

    @TempDir
    static Path directory;

    private static EmbeddedKafka broker;

    @BeforeAll
    static void startBroker() {
        broker = EmbeddedKafka.start(directory);
        broker.createTopic("in", 4, Map.of());
        broker.createTopic("four", 4, Map.of("max.message.bytes", "50000"));
        broker.createTopic("six", 6, Map.of());
        broker.createTopic("large", 4, Map.of("max.message.bytes", "30000000"));
        broker.createTopic("audit", 4, Map.of("max.message.bytes", "65536"));
        broker.createTopic("checkpoints", 4, Map.of("max.message.bytes", "65536"));
        broker.createTopic("three", 3, Map.of());
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void shouldLowerEachOutputsRecordLimitToWhatItsTopicTakes() {
        assertThat(fit("four", "six")).isEqualTo(new RecordLimits(50_000, KAFKAS_DEFAULT));
        assertThat(fit("six", "four")).isEqualTo(new RecordLimits(1 << 20, 50_000));
    }

    @Test
    void shouldLowerNoOutputsRecordLimitForTheAuditTrail() {
        assertThat(fit(new Topics("in", "six", "large", "audit", "checkpoints"), Map.of()))
                .isEqualTo(new RecordLimits(1 << 20, KAFKAS_DEFAULT + (16 << 10)));
    }

    @Test
    void shouldLowerRecordLimitsToWhatTheUsersProducerTakes() {
        Topics topics = new Topics("in", "six", "large");

        assertThat(fit(topics, Map.of("producer.max.request.size", "70000"))).isEqualTo(RecordLimits.of(70_000));
        assertThat(fit(topics, Map.of("buffer.memory", "80000"))).isEqualTo(RecordLimits.of(80_000));
    }

    @Test
    void shouldRefuseAnAuditTopicThatDoesNotTakeItsEntries() {
        assertThatThrownBy(() -> fit(new Topics("in", "six", "large", "four", "checkpoints"), Map.of()))
                .isInstanceOf(TopicException.class)
                .hasMessageContaining("topic four takes records of 50000 bytes, what is written to it may take 65536");
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
            assertThatThrownBy(() -> check.fit(Topics.DEFAULT, RecordLimits.DEFAULT))
                    .isInstanceOf(KafkaException.class)
                    .hasMessageContaining("no answer from the Kafka cluster at 127.0.0.1:1 within 1 s");
        }
    }

    private static RecordLimits fit(String explanations, String deadLetters) {
        return fit(new Topics("in", explanations, deadLetters), Map.of());
    }

    private static RecordLimits fit(Topics topics, Map<String, String> own) {
        Map<String, String> kafka = new HashMap<>(kafka(broker.bootstrapServers()));
        kafka.putAll(own);
        try (TopicCheck check = new TopicCheck(kafka, Duration.ofSeconds(20))) {
            return check.fit(topics, RecordLimits.DEFAULT);
        }
    }

    private static Map<String, String> kafka(String bootstrap) {
        return Map.of("application.id", "it", "bootstrap.servers", bootstrap);
    }
}
