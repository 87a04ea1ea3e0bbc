package io.hedgerow.monitor.stream;

import io.hedgerow.monitor.MonitorSettings;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology that monitors: what each partition means, brought together in one task.
 *
 * <pre>
 * explanations ───────┐                                        ┌─▶ explanations-profiles
 * explanations-audit ─┼─▶ partial ─▶ (partials, 1 partition) ─▶ merge ─┼─▶ explanations-alerts
 * explanations-references ┘                                    └─▶ explanations-references
 * </pre>
 *
 * <p>The names of its processors are API.
 */
public final class MonitorTopology {
    private final MonitorInputs inputs;
    private final MonitorSettings settings;
    private final MonitorSerdes serdes;
    private final Supplier<Pictures> pictures;
    private final MonitorMeters meters;
    private final Clock clock;

    /**
     * Wires the topology; nothing runs yet.
     *
     * @param serdes stay the caller's to close
     * @param pictures connects to where events' pictures are found, once for each task
     */
    public MonitorTopology(
            MonitorInputs inputs,
            MonitorSettings settings,
            MonitorSerdes serdes,
            Supplier<Pictures> pictures,
            MonitorMeters meters,
            Clock clock) {
        this.inputs = inputs;
        this.settings = settings;
        this.serdes = serdes;
        this.pictures = pictures;
        this.meters = meters;
        this.clock = clock;
    }

    /** A description for {@code KafkaStreams} or {@code TopologyTestDriver}. */
    public Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        Serde<byte[]> bytes = Serdes.ByteArray();
        builder.stream(
                        inputs.read(),
                        Consumed.with(bytes, bytes)
                                .withName("records")
                                .withOffsetResetPolicy(AutoOffsetReset.earliest())
                                // Streams would drop a record with a time before 1970.
                                .withTimestampExtractor((record, before) ->
                                        record.timestamp() >= 0 ? record.timestamp() : clock.millis()))
                .process(() -> new PartialProcessor(inputs, serdes, meters), Named.as("partial"))
                .repartition(
                        Repartitioned.with(bytes, bytes).withName("partials").withNumberOfPartitions(1))
                .process(new Merging(), Named.as("merge"))
                .to(
                        (key, outgoing, context) -> outgoing.topic(),
                        Produced.with(
                                        Serdes.String(),
                                        Serdes.serdeFrom(
                                                (topic, outgoing) ->
                                                        new ByteArraySerializer().serialize(topic, outgoing.value()),
                                                (topic, unread) -> new Outgoing(topic, unread)))
                                .withName("findings"));
        return builder.build();
    }

    /** Makes the processor that merges, with its store. */
    private final class Merging implements ProcessorSupplier<byte[], byte[], String, Outgoing> {
        @Override
        public Processor<byte[], byte[], String, Outgoing> get() {
            return new MergeProcessor(inputs, settings, serdes, pictures.get(), meters);
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(Stores.keyValueStoreBuilder(
                            Stores.inMemoryKeyValueStore(MergeProcessor.STATE), Serdes.String(), Serdes.ByteArray())
                    .withLoggingEnabled(Map.of()));
        }
    }
}
