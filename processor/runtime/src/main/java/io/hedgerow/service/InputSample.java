package io.hedgerow.service;

import io.hedgerow.record.RecordSize;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.StreamsConfig;

/**
 * What the input looks like before it is explained.
 *
 * @param partitions at least 1
 * @param recordBytes what a record takes on average, at least 1
 */
record InputSample(int partitions, long recordBytes) {
    /** Where there is nothing to look at: a photograph of a megapixel. */
    static final long USUAL_BYTES = 256 << 10;

    private static final int MOST_PARTITIONS = 16;
    private static final int LAST_RECORDS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * Looks at the last records of some partitions, outside of any group.
     *
     * @param kafka Kafka Streams' settings by Kafka's names, at least {@code application.id} and
     *     {@code bootstrap.servers}
     * @throws KafkaException if the cluster can't be reached or refuses to answer
     */
    static InputSample of(Map<String, ?> kafka, String topic) {
        Map<String, Object> settings = new StreamsConfig(kafka).getRestoreConsumerConfigs("hedgerow-sample");
        settings.put("fetch.max.bytes", 1 << 20);
        settings.put("max.partition.fetch.bytes", 1 << 20);
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            List<TopicPartition> some = all.subList(0, Math.min(MOST_PARTITIONS, all.size()));
            return new InputSample(all.size(), averageBytes(consumer, some));
        }
    }

    private static long averageBytes(KafkaConsumer<byte[], byte[]> consumer, List<TopicPartition> partitions) {
        // Before anything is asked of them, or the client warns of every answer.
        consumer.assign(partitions);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions);
        List<TopicPartition> filled = partitions.stream()
                .filter(partition -> end.getOrDefault(partition, 0L) > first.getOrDefault(partition, 0L))
                .toList();
        consumer.assign(filled);
        for (TopicPartition partition : filled) {
            long last = end.getOrDefault(partition, 0L) - LAST_RECORDS;
            consumer.seek(partition, Math.max(first.getOrDefault(partition, 0L), last));
        }
        long bytes = 0;
        long records = 0;
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (records < filled.size() && System.nanoTime() < until) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                bytes += RecordSize.of(record.key(), record.value(), record.headers());
                records++;
            }
        }
        return records == 0 ? USUAL_BYTES : Math.max(1, bytes / records);
    }
}
