package io.hedgerow.config;

import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.event.EventLimits;
import io.hedgerow.image.pixels.ImageLimits;
import io.hedgerow.stream.ExplainSettings;
import io.hedgerow.topics.RecordLimits;
import java.time.Duration;

/** Keys of what events and records are held to, and of how events are explained. */
final class LimitKeys {
    private final Values values;

    LimitKeys(Values values) {
        this.values = values;
    }

    ImageLimits images() {
        return new ImageLimits(
                values.get(Key.bytes("limits.image-bytes", "20MB", "1KB", "1GB", "Largest encoded image.")),
                values.get(Key.integer(
                        "limits.image-pixels", 50_000_000, 1, 500_000_000, "Largest width × height of an image.")));
    }

    EventLimits events() {
        return new EventLimits(
                values.get(Key.bytes("limits.tensor-bytes", "64MB", "1KB", "1GB", "Largest raw tensor.")),
                values.get(Key.integer("limits.classes", 16, 1, 16, "Most classes explained of one event.")),
                values.get(Key.integer("limits.attributes", 64, 0, 1024, "Most attributes of one event.")),
                values.get(Key.bytes(
                                "limits.attribute-bytes",
                                "16KB",
                                "0",
                                "1MB",
                                "Most bytes of one event's attributes, names and values."))
                        .intValue(),
                values.get(Key.integer("limits.headers", 64, 0, 1024, "Most record headers of one event.")),
                values.get(Key.bytes(
                                "limits.header-bytes",
                                "16KB",
                                "0",
                                "1MB",
                                "Most bytes of one event's record headers, names and values."))
                        .intValue(),
                values.get(Key.date(
                        "limits.earliest",
                        "2000-01-01",
                        "1970-01-01",
                        "Day from which on an event's time may be; what is before it is taken for a time in another"
                                + " unit.")),
                values.get(Key.duration(
                        "limits.future",
                        "1h",
                        "0s",
                        "30d",
                        "How far ahead of this machine's clock an event's time may be.")));
    }

    RecordLimits records(ImageLimits images) {
        return RecordLimits.forImages(
                images.bytes(),
                values.get(Key.bytes(
                                "limits.record-bytes",
                                "1MB",
                                "10KB",
                                "100MB",
                                "Largest explanation written; lowered to what its topic takes."))
                        .intValue());
    }

    /** Takes how long a batch may take. Whether evidence matters is a question of monitoring's, not asked here. */
    ExplainSettings explaining(EventLimits events, Duration batchLimit) {
        return new ExplainSettings(
                events,
                values.get(Key.bytes(
                        "limits.read-ahead-bytes",
                        "256MB",
                        "1MB",
                        "64GB",
                        "Memory for events that are read ahead of the devices.")),
                values.get(Key.integer("decoders", 2, 1, 256, "Threads that decode images, for each device.")),
                values.get(Key.decimal(
                        "replay.score-tolerance",
                        "0.01",
                        0,
                        1,
                        "How far a replayed score may be from the logged one and still agree.")),
                values.get(Key.flag("dead-letters.stack-traces", false, "Whether dead letters carry stack traces.")),
                values.get(Key.decimal(
                        "sampling.share", "1", 0, 1, "Share of events that are explained; chosen by their ids.")),
                0,
                // A record may wait for one batch to end before its own begins.
                batchLimit.multipliedBy(2),
                values.get(Key.duration(
                        "timeouts.registry",
                        "5s",
                        "100ms",
                        "10m",
                        "How long a task waits for an unreachable registry before it begins again.")));
    }

    CompileLimits compile() {
        return new CompileLimits(
                values.get(Key.bytes(
                        "limits.compile-bytes",
                        "8GB",
                        "512MB",
                        "1024GB",
                        "Most memory for compiling a model, which runs in a process of its own.")),
                values.get(Key.duration("timeouts.compile", "5m", "5s", "1h", "How long compiling a model may take.")));
    }
}
