package io.hedgerow.it;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * An example of an audit pipeline, made of Kafka's consumer, Avro, and what the documentation says: none of Hedgerow's classes.
 * It follows the topic of entries, checks that each entry continues its log, and counts what became of the events of each
 * model.
 */
final class AuditPipeline implements AutoCloseable {
    private final String registry;
    private final HttpClient http = HttpClient.newHttpClient();
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private final Map<Integer, String> lastLeaves = new HashMap<>();
    private final Map<Integer, Long> sizes = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();

    AuditPipeline(String bootstrap, String registry) {
        this.registry = registry;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "group.id", "audit-pipeline",
                        "auto.offset.reset", "earliest",
                        // without this, entries would be seen that were never written
                        "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of("explanations-audit"));
    }

    /** Takes what has come since. */
    void poll() throws IOException, InterruptedException {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(500))) {
            take(record.partition(), record.value());
        }
    }

    /** Entries by model, status and reason. */
    Map<String, Integer> counts() {
        return counts;
    }

    private void take(int partition, byte[] value) throws IOException, InterruptedException {
        // Confluent's framing: a zero byte, the schema's id in four, then Avro.
        ByteBuffer framed = ByteBuffer.wrap(value);
        if (framed.get() != 0) {
            throw new IOException("not in the registry's framing");
        }
        Schema schema = schema(framed.getInt());
        GenericRecord entry = new GenericDatumReader<GenericRecord>(schema)
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        long index = (Long) entry.get("index");
        String previous = entry.get("previousLeaf").toString();
        if (index != sizes.getOrDefault(partition, 0L) || !previous.equals(lastLeaves.getOrDefault(partition, ""))) {
            throw new IOException("entry %d of partition %d does not continue the log".formatted(index, partition));
        }
        sizes.put(partition, index + 1);
        lastLeaves.put(partition, leaf(value));
        GenericRecord model = (GenericRecord) entry.get("model");
        String name = model == null ? "" : model.get("name").toString();
        counts.merge(name + " " + entry.get("status") + " " + entry.get("reason"), 1, Integer::sum);
    }

    /** RFC 6962: SHA-256 of a zero byte and the entry as it is stored. */
    private static String leaf(byte[] value) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update((byte) 0);
            return HexFormat.of().formatHex(sha256.digest(value));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private Schema schema(int id) throws IOException, InterruptedException {
        if (!schemas.containsKey(id)) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id))
                    .build();
            String body =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            String text = new ObjectMapper().readTree(body).get("schema").asText();
            schemas.put(id, new Schema.Parser().parse(text));
        }
        return schemas.get(id);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
