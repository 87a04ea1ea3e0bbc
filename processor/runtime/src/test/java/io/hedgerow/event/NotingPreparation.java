package io.hedgerow.event;

import io.hedgerow.faithfulness.FaithfulnessSample;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.stream.Events;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;

/** Notes the values of the records that it prepares, in their order; each is taken for the same event. */
public final class NotingPreparation {
    private NotingPreparation() {}

    public static Preparation in(List<String> values) {
        EventLimits limits = EventLimits.DEFAULT;
        EventReader events = new EventReader(
                (topic, value) -> {
                    values.add(new String(value, StandardCharsets.UTF_8));
                    return Events.event("e");
                },
                limits);
        return new Preparation(
                events,
                new Sampling(1),
                new EventCheck(limits, new EventTime(Clock.systemUTC(), limits)),
                new ImageReader(new ImageDecoder()),
                new FaithfulnessSample(0));
    }
}
