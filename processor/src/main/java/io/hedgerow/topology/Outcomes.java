package io.hedgerow.topology;

import io.hedgerow.explain.Attribution;
import io.hedgerow.explain.Batched;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts what became of each record and times what it took. Thread-safe. The meters' names and tags are API. */
final class Outcomes {
    private final Clock clock;
    private final Counter explained;
    private final Counter sampledOut;
    private final Map<Reason, Counter> failed = new EnumMap<>(Reason.class);
    private final Counter batches;
    private final Counter deviceSeconds;
    private final Timer decode;
    private final Timer queue;
    private final Timer compute;
    private final Timer latency;

    Outcomes(MeterRegistry meters, Clock clock) {
        this.clock = clock;
        explained = records(meters, "explained", "none");
        sampledOut = records(meters, "sampled_out", "none");
        for (Reason reason : Reason.values()) {
            failed.put(reason, records(meters, "failed", reason.tag()));
        }
        batches = Counter.builder("hedgerow.batches")
                .description("Batches computed: explained records divided by it give the mean batch")
                .register(meters);
        deviceSeconds = Counter.builder("hedgerow.device.busy")
                .description("Time that devices computed what was explained")
                .baseUnit("seconds")
                .register(meters);
        decode = timer("hedgerow.decode", "Decoding and preprocessing an image", meters);
        queue = timer("hedgerow.queue", "From submission to the start of the batch", meters);
        compute = timer("hedgerow.compute", "Computing the batch that an image was in", meters);
        latency = timer("hedgerow.latency", "From the event's time to its explanation, not yet committed", meters);
    }

    void explained(Finding.Attributed attributed) {
        Subject subject = attributed.subject();
        Batched<Attribution> result = attributed.result();
        explained.increment();
        // Each image of a batch brings its share of it.
        batches.increment(1.0 / result.batchSize());
        deviceSeconds.increment(result.computeNanos() / 1e9 / result.batchSize());
        decode.record(Duration.ofNanos(subject.decodeNanos()));
        queue.record(Duration.ofNanos(result.queueNanos()));
        compute.record(Duration.ofNanos(result.computeNanos()));
        // Whoever lets older times in has other clocks than ours, and one of them would outweigh all other latencies.
        if (!subject.time().isBefore(EventLimits.DEFAULT.earliest())) {
            latency.record(Duration.between(subject.time(), clock.instant()));
        }
    }

    void sampledOut() {
        sampledOut.increment();
    }

    void failed(Reason reason) {
        Counter counter = failed.get(reason);
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter records(MeterRegistry meters, String status, String reason) {
        return Counter.builder("hedgerow.records")
                .description("Input records by what became of them")
                .tag("status", status)
                .tag("reason", reason)
                .register(meters);
    }

    private static Timer timer(String name, String description, MeterRegistry meters) {
        return Timer.builder(name)
                .description(description)
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofMinutes(1))
                .register(meters);
    }
}
