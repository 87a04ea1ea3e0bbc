package io.hedgerow.monitor.delivery;

import io.hedgerow.Alert;
import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the sender. It reads the whole topic, which is small, for what is open has to be known; what webhooks have
 * taken before is passed over. Belongs to one thread.
 */
final class SenderSession implements AutoCloseable, ConsumerRebalanceListener {
    private static final Logger LOG = LoggerFactory.getLogger(SenderSession.class);
    private static final Duration WAIT = Duration.ofMillis(250);

    private final Consumer<byte[], byte[]> consumer;
    private final Deserializer<Alert> alerts;
    private final List<WebhookQueue> webhooks = new ArrayList<>();
    private final List<Receiver> receivers = new ArrayList<>();
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    SenderSession(
            Consumer<byte[], byte[]> consumer,
            String topic,
            Deserializer<Alert> alerts,
            Receivers receivers,
            AlertText text,
            HttpPost http,
            DeliveryTimes times,
            DeliveryMeters meters) {
        this.consumer = consumer;
        this.alerts = alerts;
        for (Receivers.Webhook webhook : receivers.webhooks()) {
            webhooks.add(new WebhookQueue("webhook-" + (webhooks.size() + 1), webhook, text, http, times, meters));
        }
        this.receivers.addAll(webhooks);
        URI alertmanager = receivers.alertmanager();
        if (alertmanager != null) {
            this.receivers.add(new AlertmanagerPush(alertmanager, text, http, times, meters));
        }
        consumer.subscribe(List.of(topic), this);
    }

    static Consumer<byte[], byte[]> consumer(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Runs until told to stop, or until something goes wrong with the cluster. */
    void run(Clock clock, BooleanSupplier stopped) {
        while (!stopped.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(WAIT)) {
                take(record);
            }
            Instant now = clock.instant();
            receivers.forEach(receiver -> receiver.step(now));
            commit();
        }
        commit();
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> before = consumer.committed(Set.copyOf(partitions));
        for (TopicPartition partition : partitions) {
            SenderOffsets offsets = new SenderOffsets(before.get(partition));
            webhooks.forEach(webhook -> webhook.begin(partition.partition(), offsets.of(webhook.key())));
        }
        consumer.seekToBeginning(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        commit();
        forget(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        forget(partitions);
    }

    @Override
    public void close() {
        consumer.close();
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        ends.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
        try {
            Alert alert = record.value() == null ? null : alerts.deserialize(record.topic(), record.value());
            if (alert != null) {
                Position revision = new Position(record.partition(), record.offset(), alert);
                receivers.forEach(receiver -> receiver.take(revision));
            }
        } catch (MalformedRecordException | UnknownSchemaException e) {
            LOG.warn(
                    "No alert at {}-{}, offset {}: {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    e.getMessage());
        }
    }

    private void commit() {
        Map<TopicPartition, OffsetAndMetadata> due = new HashMap<>();
        ends.forEach((partition, end) -> {
            Map<String, Long> cursors = new HashMap<>();
            for (WebhookQueue webhook : webhooks) {
                Long cursor = webhook.cursor(partition.partition());
                if (cursor != null) {
                    cursors.put(webhook.key(), cursor);
                }
            }
            OffsetAndMetadata now = SenderOffsets.commit(cursors, end);
            if (!now.equals(committed.get(partition))) {
                due.put(partition, now);
            }
        });
        if (!due.isEmpty()) {
            consumer.commitSync(due);
            committed.putAll(due);
        }
    }

    private void forget(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            ends.remove(partition);
            committed.remove(partition);
            receivers.forEach(receiver -> receiver.forget(partition.partition()));
        }
    }
}
