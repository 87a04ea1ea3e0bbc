package io.hedgerow.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Agreement;
import io.hedgerow.AttributionMap;
import io.hedgerow.ClassExplanation;
import io.hedgerow.ExplainedImage;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Explanation;
import io.hedgerow.MapStatistics;
import io.hedgerow.MapTransform;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionCheck;
import io.hedgerow.Timings;
import io.hedgerow.serde.RegistrySerde;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ExplanationPrinterTest {
    private static final String TOPIC = "explanations";

    @Test
    void shouldSubscribeToExplanations() {
        Properties properties = new Properties();
        properties.put("bootstrap.servers", "localhost:1");
        properties.put("group.id", "example");
        try (Consumer<String, Explanation> consumer = ExplanationPrinter.open(properties)) {
            assertThat(consumer.subscription()).containsExactly(TOPIC);
        }
    }

    @Test
    void shouldPrintWhereTheEvidenceIs() {
        RegistrySerde<Explanation> serde =
                RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", "mock://example"));
        byte[] value = serde.serializer().serialize(TOPIC, explanation());
        MockConsumer<String, Explanation> consumer = new MockConsumer<>("earliest");
        TopicPartition partition = new TopicPartition(TOPIC, 0);
        consumer.assign(List.of(partition));
        consumer.updateBeginningOffsets(Map.of(partition, 0L));
        consumer.addRecord(
                new ConsumerRecord<>(TOPIC, 0, 0, "key", serde.deserializer().deserialize(TOPIC, value)));
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ExplanationPrinter.printNext(consumer, new PrintStream(out, true));

        assertThat(out.toString().strip()).isEqualTo("part-1: dent because of pixel (24, 8)");
    }

    private static Explanation explanation() {
        AttributionMap map = new AttributionMap(
                1, 2, 0.01f, ByteBuffer.wrap(new byte[] {-5, 127}), 1, new MapTransform(16d, 0d, 16d, 0d));
        return Explanation.newBuilder()
                .setEventId("part-1")
                .setTime(Instant.ofEpochMilli(1_700_000_000_000L))
                .setModel(new ExplainedModel("surface", "7", "00"))
                .setImage(new ExplainedImage("00", 32, 16, null))
                .setPrediction(new PredictionCheck(null, new Prediction(2, "dent", 0.75f), null, Agreement.NOT_LOGGED))
                .setClasses(List.of(new ClassExplanation(
                        2,
                        "dent",
                        3.5f,
                        0.75f,
                        map,
                        List.of(),
                        List.of(),
                        new MapStatistics(1f, 1.27f, 1f, null, 0f, 0.75f, 0.5f))))
                .setLeftOut(List.of())
                .setMethod(new Method("gradient hedging", "1", 2f, "layer4", Precision.FLOAT32, Map.of()))
                .setTimings(new Timings(1L, 2L, 3L, 4))
                .setInputs(List.of())
                .build();
    }
}
