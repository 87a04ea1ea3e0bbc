package io.hedgerow.example;

import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.maps.RelevanceMap;
import io.hedgerow.serde.RegistrySerde;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** The consumer of README.md, which shows the marked lines. */
final class ExplanationPrinter {
    private ExplanationPrinter() {}

    static Consumer<String, Explanation> open(Properties properties) {
        // [consumer]
        properties.put("isolation.level", "read_committed");
        var serde = RegistrySerde.of(Explanation.class, Map.of("schema.registry.url", "http://localhost:8081"));
        var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), serde.deserializer());
        consumer.subscribe(List.of("explanations"));
        // [end]
        return consumer;
    }

    static void printNext(Consumer<String, Explanation> consumer, PrintStream out) {
        // [loop]
        for (ConsumerRecord<String, Explanation> record : consumer.poll(Duration.ofSeconds(1))) {
            for (ClassExplanation explained : record.value().getClasses()) {
                RelevanceMap.Peak peak = new RelevanceMap(explained.getMap()).peak();
                out.printf(
                        "%s: %s because of pixel (%.0f, %.0f)%n",
                        record.value().getEventId(), explained.getLabel(), peak.x(), peak.y());
            }
        }
        // [end]
    }
}
