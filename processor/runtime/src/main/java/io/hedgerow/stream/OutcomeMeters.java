package io.hedgerow.stream;

import io.hedgerow.Agreement;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.device.Batched;
import io.hedgerow.event.EventFacts;
import io.hedgerow.event.EventLimits;
import io.hedgerow.event.Finding;
import io.hedgerow.event.Reason;
import io.hedgerow.event.Subject;
import io.hedgerow.faithfulness.Faithfulness;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import org.jspecify.annotations.Nullable;

/** Counts what became of each record and times what it took. Thread-safe. The meters' names and tags are API. */
final class OutcomeMeters {
    /** Stands for the model of a record that names none that is configured. */
    private static final String NO_MODEL = "none";

    /** A rounding error of all shares of a batch. */
    private static final double ROUNDING = 1e-6;

    /** Upper bounds of the histograms' buckets, a factor of about three apart. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1), Duration.ofMillis(3), Duration.ofMillis(10), Duration.ofMillis(30),
        Duration.ofMillis(100), Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(3),
        Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofMinutes(1)
    };

    /** What a counter is for: as few as there are models, reasons and agreements. */
    private record Tags(String status, String reason, String model) {}

    private final MeterRegistry meters;
    private final Clock clock;
    private final Map<Tags, Counter> records = new ConcurrentHashMap<>();
    private final Map<Agreement, Map<String, Counter>> agreements = new ConcurrentHashMap<>();
    private final DoubleAdder batches = new DoubleAdder();
    private final Counter deviceSeconds;
    private final Timer decode;
    private final Timer queue;
    private final Timer compute;
    private final Timer latency;
    private volatile long ageMillis;

    OutcomeMeters(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        var unused = records("sampled_out", "none", NO_MODEL);
        for (Reason reason : Reason.values()) {
            unused = records("failed", reason.tag(), NO_MODEL);
        }
        FunctionCounter.builder("hedgerow.batches", batches, sum -> Math.floor(sum.sum() + ROUNDING))
                .description("Batches computed: explained records divided by it give the mean batch")
                .register(meters);
        Gauge.builder("hedgerow.event.age", this, outcomes -> outcomes.ageMillis / 1e3)
                .description("How old the event was that was explained last, when it was")
                .baseUnit("seconds")
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

    void explained(Finding.Explained explained, Agreement agreement) {
        Subject subject = explained.subject();
        Batched<Attribution> result = explained.result();
        String model = subject.model().name();
        records("explained", "none", model).increment();
        agreements
                .computeIfAbsent(agreement, unused -> new ConcurrentHashMap<>())
                .computeIfAbsent(model, name -> agreements(agreement, name))
                .increment();
        Faithfulness tried = explained.faithfulness();
        if (tried != null) {
            trials(model, tried.evidenceWins() ? "evidence" : "chance").increment();
        }
        // Each image of a batch brings its share of it.
        batches.add(1.0 / result.batchSize());
        deviceSeconds.increment(result.computeNanos() / 1e9 / result.batchSize());
        decode.record(subject.decodeNanos(), TimeUnit.NANOSECONDS);
        queue.record(result.queueNanos(), TimeUnit.NANOSECONDS);
        compute.record(result.computeNanos(), TimeUnit.NANOSECONDS);
        // Whoever lets older times in has other clocks than ours, and one of them would outweigh all other latencies.
        if (!subject.event().time().isBefore(EventLimits.DEFAULT.earliest())) {
            Duration age = Duration.between(subject.event().time(), clock.instant());
            latency.record(age);
            ageMillis = Math.max(0, age.toMillis());
        }
    }

    void sampledOut() {
        records("sampled_out", "none", NO_MODEL).increment();
    }

    /** Takes what the event says; null if there is none. */
    void failed(Reason reason, @Nullable EventFacts event) {
        // A name that was not looked up may be anything.
        String model =
                event != null && event.modelSha256() != null ? event.model().getName() : NO_MODEL;
        records("failed", reason.tag(), model).increment();
    }

    private Counter records(String status, String reason, String model) {
        return records.computeIfAbsent(new Tags(status, reason, model), tags -> Counter.builder("hedgerow.records")
                .description("Input records by what became of them")
                .tag("status", status)
                .tag("reason", reason)
                .tag("model", model)
                .register(meters));
    }

    private Counter agreements(Agreement agreement, String model) {
        return Counter.builder("hedgerow.predictions")
                .description("Predictions of explained events by how they compare with the replayed ones")
                .tag("agreement", agreement.name().toLowerCase(Locale.ROOT))
                .tag("model", model)
                .register(meters);
    }

    private Counter trials(String model, String winner) {
        return Counter.builder("hedgerow.faithfulness")
                .description("Sampled events by what the score fell more without: the evidence, or as many other cells")
                .tag("model", model)
                .tag("without", winner)
                .register(meters);
    }

    private static Timer timer(String name, String description, MeterRegistry meters) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(BUCKETS)
                .register(meters);
    }
}
