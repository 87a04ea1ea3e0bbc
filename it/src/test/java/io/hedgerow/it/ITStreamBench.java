package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.bench.Load;
import io.hedgerow.bench.PairedRates;
import io.hedgerow.bench.PartCost;
import io.hedgerow.bench.StreamCost;
import io.hedgerow.demo.EmbeddedKafka;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ITStreamBench {
    @TempDir
    Path directory;

    @Test
    void shouldMeasureTheSameEventsWithAndWithoutKafka() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory);
                StreamRig rig = new StreamRig(broker, "bench", Map.of())) {
            StreamCost.Result result = new StreamCost(rig.measured()).run(rig.twoEvents(), new Load(2400, 4, 1));

            assertThat(result.streamToBare().value())
                    .isCloseTo(result.streamImagesPerSecond() / result.bareImagesPerSecond(), within(1e-9));
            // The device takes at least 10 ms and 1 ms an image: no more than 16 images in 26 ms.
            assertThat(result.bareImagesPerSecond()).isBetween(1.0, 616.0);
            assertThat(result.streamImagesPerSecond()).isBetween(1.0, 616.0);
            assertThat(result.deviceBusy()).isBetween(0.01, 1.0);
            assertThat(result.meanBatch()).isBetween(1.0, 16.0);
        }
    }

    @Test
    void shouldMeasureTheSameEventsWithAndWithoutTheAuditTrail() throws Exception {
        try (EmbeddedKafka broker = EmbeddedKafka.start(directory);
                StreamRig rig = new StreamRig(broker, "audit-bench", Map.of())) {
            PairedRates result = PartCost.ofAudit(rig.measured()).run(rig.twoEvents(), new Load(1200, 4, 2));

            assertThat(result.plainPerSecond()).isPositive();
            assertThat(result.otherPerSecond()).isPositive();
            assertThat(result.otherToPlain().value()).isPositive().isFinite();
            Map<String, Long> written = written(broker);
            List<Long> explained = written.entrySet().stream()
                    .filter(topic -> topic.getKey().endsWith("-explanations"))
                    .map(Map.Entry::getValue)
                    .filter(count -> count > 0)
                    .toList();
            List<Long> audited = written.entrySet().stream()
                    .filter(topic -> topic.getKey().endsWith("-audit"))
                    .map(Map.Entry::getValue)
                    .toList();
            // Both ways took the same events, and one of them told of each.
            assertThat(explained).hasSize(2).allMatch(explained.get(0)::equals);
            assertThat(audited).containsExactly(explained.get(0));
            assertThat(explained.get(0)).isGreaterThanOrEqualTo(2 * 1200);
        }
    }

    /** Committed records by topic. */
    private static Map<String, Long> written(EmbeddedKafka broker) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", broker.bootstrapServers(),
                "isolation.level", "read_committed",
                "auto.offset.reset", "earliest");
        Map<String, Long> counts = new HashMap<>();
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.listTopics().values().stream()
                    .flatMap(List::stream)
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .filter(partition -> partition.topic().startsWith("hedgerow-bench-"))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> counts.merge(record.topic(), 1L, Long::sum));
            }
        }
        return counts;
    }
}
