package io.hedgerow.service;

import io.hedgerow.config.HedgerowConfig;
import io.hedgerow.event.EventLimits;
import io.hedgerow.stream.TopologySettings;
import io.hedgerow.topics.RecordLimits;
import io.hedgerow.topics.Topics;

/** The topology's settings, as a configuration says. */
final class ExplainSettings {
    private ExplainSettings() {}

    static TopologySettings of(HedgerowConfig config, Topics topics, String version) {
        HedgerowConfig.Limits limits = config.limits();
        return new TopologySettings(
                topics,
                new EventLimits(
                        limits.classes(),
                        limits.attributes(),
                        limits.attributeBytes(),
                        limits.tensorBytes(),
                        limits.headers(),
                        limits.headerBytes(),
                        limits.earliest(),
                        limits.futureSkew()),
                config.samplingShare(),
                RecordLimits.forImages(limits.imageBytes(), limits.recordBytes()),
                config.scoreTolerance(),
                // A record may wait for one batch to end before its own begins.
                config.timeouts().batch().multipliedBy(2),
                config.timeouts().registry(),
                config.stackTraces(),
                config.decoders(),
                version);
    }
}
