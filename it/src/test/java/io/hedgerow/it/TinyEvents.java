package io.hedgerow.it;

import io.hedgerow.EncodedImage;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.serde.RegistrySerde;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import javax.imageio.ImageIO;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Events for the smallest model there is, with the smallest pictures; round-robin over the partitions. */
final class TinyEvents implements AutoCloseable {
    static final String MODEL = "tiny";
    static final Path MODEL_PATH = Path.of(
                    "../processor/compiler/src/test/resources/fixtures/models/binary_gray_keras3/saved_model")
            .toAbsolutePath()
            .normalize();

    private static final int PICTURES = 16;

    private final String topic;
    private final int partitions;
    private final KafkaProducer<byte[], byte[]> producer;
    private final byte[][] values = new byte[PICTURES][];
    private int sent;

    TinyEvents(String bootstrap, String registry, String topic, int partitions) throws IOException {
        this.topic = topic;
        this.partitions = partitions;
        this.producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrap, "transactional.id", "tiny-" + topic),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        try (var serde = RegistrySerde.of(PredictionEvent.class, Map.of("schema.registry.url", registry))) {
            for (int i = 0; i < PICTURES; i++) {
                values[i] = serde.serializer().serialize(topic, event(i));
            }
        }
        producer.initTransactions();
    }

    /** Sends events, after some that are taken back: those nobody must ever see. */
    void send(int count) {
        producer.beginTransaction();
        write(partitions);
        producer.flush();
        producer.abortTransaction();
        producer.beginTransaction();
        write(count);
        producer.commitTransaction();
        sent += count;
    }

    /** Has events name another schema from now on. */
    void useSchema(IntUnaryOperator change) {
        for (byte[] value : values) {
            ByteBuffer header = ByteBuffer.wrap(value);
            header.putInt(1, change.applyAsInt(header.getInt(1)));
        }
    }

    /** How many were sent to a partition. */
    int sentTo(int partition) {
        return sent / partitions + (partition < sent % partitions ? 1 : 0);
    }

    int sent() {
        return sent;
    }

    private void write(int count) {
        for (int i = sent; i < sent + count; i++) {
            byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
            var unused = producer.send(new ProducerRecord<>(topic, i % partitions, key, values[i % PICTURES]));
        }
    }

    @Override
    public void close() {
        producer.close();
    }

    private static PredictionEvent event(int number) throws IOException {
        BufferedImage picture = new BufferedImage(16, 12, BufferedImage.TYPE_BYTE_GRAY);
        for (int x = 0; x < 16; x++) {
            for (int y = 0; y < 12; y++) {
                picture.getRaster().setSample(x, y, 0, x * y * (number + 1) & 0xff);
            }
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", file);
        return PredictionEvent.newBuilder()
                .setId("event-" + number)
                .setTime(Instant.now())
                .setSource("it")
                .setModel(new ModelRef(MODEL, ""))
                .setImage(new EncodedImage(ByteBuffer.wrap(file.toByteArray()), "image/png"))
                .setPredictions(List.of())
                .setClasses(List.of())
                .setRatio(null)
                .setAttributes(Map.of())
                .build();
    }
}
