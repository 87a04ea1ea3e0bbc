package io.hedgerow.bench;

import io.hedgerow.Explanation;
import io.hedgerow.PredictionEvent;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.models.Explainer;
import io.hedgerow.serde.RegistrySerde;
import io.hedgerow.stream.AuditTrail;
import io.hedgerow.stream.ExplainSettings;
import io.hedgerow.stream.HedgerowTopology;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a measured stream is made of, whatever is measured of it.
 *
 * @param devices that explain
 * @param events reads and writes events
 * @param explanations reads and writes explanations
 * @param kafka at least {@code bootstrap.servers}; topics and groups are made, and left behind, for each measurement
 * @param explaining how events are explained
 */
public record StreamParts(
        List<? extends Explainer> devices,
        RegistrySerde<PredictionEvent> events,
        RegistrySerde<Explanation> explanations,
        Map<String, ?> kafka,
        ExplainSettings explaining) {
    /** With usual settings. */
    public StreamParts(
            List<? extends Explainer> devices,
            RegistrySerde<PredictionEvent> events,
            RegistrySerde<Explanation> explanations,
            Map<String, ?> kafka) {
        this(devices, events, explanations, kafka, ExplainSettings.DEFAULT);
    }

    /** The same on other devices. */
    StreamParts on(List<? extends Explainer> others) {
        return new StreamParts(others, events, explanations, kafka, explaining);
    }

    /** The same, with a share of events whose evidence is put to trial. */
    StreamParts withFaithfulness(float share) {
        return new StreamParts(devices, events, explanations, kafka, explaining.withFaithfulness(share));
    }

    /** A topology between topics; trail: null to keep no account. */
    HedgerowTopology topology(Topics topics, @Nullable AuditTrail trail, MeterRegistry meters) {
        return new HedgerowTopology(
                new TopologySettings(topics, RecordLimits.DEFAULT, explaining, "bench"),
                devices,
                new ImageDecoder(),
                events.deserializer(),
                explanations.serializer(),
                trail,
                meters);
    }
}
