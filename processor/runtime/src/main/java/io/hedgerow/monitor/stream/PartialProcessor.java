package io.hedgerow.monitor.stream;

import io.hedgerow.serde.MalformedRecordException;
import io.hedgerow.serde.UnknownSchemaException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a partial of each record and keeps nothing, so that nothing can be lost between two commits. Says at its start that its
 * partitions are read, for windows are not to be closed before they have been heard of.
 */
final class PartialProcessor extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(PartialProcessor.class);
    private static final Duration SOON = Duration.ofMillis(100);

    private final MonitorInputs inputs;
    private final MonitorMeters meters;
    private final PartialReader reader;
    private final PartialCodec codec = new PartialCodec();
    private @Nullable Cancellable greeting;
    private boolean warned;

    PartialProcessor(MonitorInputs inputs, MonitorSerdes serdes, MonitorMeters meters) {
        this.inputs = inputs;
        this.meters = meters;
        this.reader = new PartialReader(inputs, serdes);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        greeting = context.schedule(SOON, PunctuationType.WALL_CLOCK_TIME, this::greet);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record from a topic has a position"));
        if (record.value() == null) {
            return;
        }
        String source = source(position.topic(), position.partition());
        try {
            Partial partial = reader.read(position.topic(), source, record.value(), record.timestamp());
            if (partial != null) {
                forward(partial, record.timestamp());
            }
        } catch (MalformedRecordException | UnknownSchemaException e) {
            meters.unreadable();
            if (!warned) {
                LOG.warn(
                        "Monitoring passes over what it can't read, first {} at offset {}: {}",
                        source,
                        position.offset(),
                        e.getMessage());
                warned = true;
            }
        }
    }

    private void greet(long now) {
        int partition = context().taskId().partition();
        for (String topic : List.copyOf(inputs.read())) {
            if (inputs.tellsTime(topic)) {
                forward(new Partial(source(topic, partition), Long.MIN_VALUE, new Partial.Alive()), now);
            }
        }
        if (greeting != null) {
            greeting.cancel();
        }
    }

    private void forward(Partial partial, long timestamp) {
        byte[] key = partial.source().getBytes(StandardCharsets.UTF_8);
        context().forward(new Record<>(key, codec.write(partial), timestamp));
    }

    private static String source(String topic, int partition) {
        return topic + "-" + partition;
    }
}
