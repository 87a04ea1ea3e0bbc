package io.hedgerow.stream;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.event.EventLimits;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.test.TestRecord;

/** The topology in a test driver, with a simulated model. */
public final class TopologyRig implements AutoCloseable {
    static final Instant RECORD_TIME = Instant.ofEpochMilli(1_700_000_000_500L);

    final MeterRegistry meters;
    final RegistrySerde<PredictionEvent> events;
    private final DrivenTopology driven;
    private final TestOutputTopic<String, Explanation> explanations;
    private final TestOutputTopic<String, byte[]> deadLetters;

    private static final Duration LONG = Duration.ofSeconds(20);

    public TopologyRig() {
        this(settings(1 << 20), null, null);
    }

    /**
     * Starts the topology.
     *
     * @param deserializer takes the place of the registry's; null for that
     * @param model takes the place of the simulated one; null for that
     */
    public TopologyRig(TopologySettings settings, Deserializer<PredictionEvent> deserializer, ExplainableModel model) {
        this(settings, deserializer, null, model);
    }

    /** As above, with {@code serializer} in the place of the registry's; null for that. */
    public TopologyRig(
            TopologySettings settings,
            Deserializer<PredictionEvent> deserializer,
            Serializer<Explanation> serializer,
            ExplainableModel model) {
        driven = new DrivenTopology(settings, deserializer, serializer, model);
        meters = driven.meters;
        events = driven.events;
        explanations = driven.output(
                settings.topics().explanations(), new StringDeserializer(), driven.explanations.deserializer());
        deadLetters =
                driven.output(settings.topics().deadLetters(), new StringDeserializer(), new ByteArrayDeserializer());
    }

    public static TopologySettings settings(int maxRecordBytes) {
        return settings(maxRecordBytes, LONG);
    }

    public static TopologySettings settings(int maxRecordBytes, Duration recordTimeout) {
        return settings(RecordLimits.of(maxRecordBytes), explaining(EventLimits.DEFAULT, recordTimeout, 1, false));
    }

    public static TopologySettings settings(RecordLimits records, ExplainSettings explaining) {
        return new TopologySettings(Topics.DEFAULT, records, explaining, "test");
    }

    public static ExplainSettings explaining(float samplingShare, boolean stackTraces) {
        return explaining(EventLimits.DEFAULT, LONG, samplingShare, stackTraces);
    }

    static ExplainSettings explaining(EventLimits limits) {
        return explaining(limits, LONG, 1, false);
    }

    private static ExplainSettings explaining(
            EventLimits limits, Duration recordTimeout, float samplingShare, boolean stackTraces) {
        return new ExplainSettings(
                limits, 1 << 20, 2, 0.01f, stackTraces, samplingShare, 0, recordTimeout, Duration.ofMillis(700));
    }

    byte[] bytes(PredictionEvent event) {
        return events.serializer().serialize("prediction-events", event);
    }

    public byte[] explanationBytes(Explanation explanation) {
        return driven.explanations.serializer().serialize("explanations", explanation);
    }

    public void send(String key, PredictionEvent event) {
        send(key, bytes(event));
    }

    public void send(String key, byte[] value) {
        send(key, value, new RecordHeaders());
    }

    public void send(String key, byte[] value, Headers headers) {
        driven.input.pipeInput(new TestRecord<>(key, value, headers, RECORD_TIME));
    }

    public List<TestRecord<String, Explanation>> explanations() {
        return explanations.readRecordsToList();
    }

    public List<TestRecord<String, byte[]>> deadLetters() {
        return deadLetters.readRecordsToList();
    }

    double count(String status, String reason) {
        return meters.get("hedgerow.records").tags("status", status, "reason", reason).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Override
    public void close() {
        driven.close();
    }
}
