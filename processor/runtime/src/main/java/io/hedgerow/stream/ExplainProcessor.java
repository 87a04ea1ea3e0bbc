package io.hedgerow.stream;

import io.hedgerow.deadletters.DeadLetters;
import io.hedgerow.device.DeviceException;
import io.hedgerow.device.DeviceTimeoutException;
import io.hedgerow.event.Finding;
import io.hedgerow.event.InputRecord;
import io.hedgerow.event.Reason;
import io.hedgerow.event.RejectedRecordException;
import io.hedgerow.record.ExplanationWriter;
import io.hedgerow.record.Outbound;
import io.hedgerow.record.Outcome;
import io.hedgerow.record.Output;
import io.hedgerow.record.WrittenExplanation;
import io.hedgerow.serde.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Forwards, for every record whatever it holds, either an explanation or a dead letter. What is nobody's fault but the
 * device's or the registry's is thrown instead: the task fails, nothing of it is committed, and its records are read again.
 */
final class ExplainProcessor extends ContextualProcessor<byte[], byte[], byte[], Outbound> {
    /** Children to forward to; audit: null if nobody keeps account. */
    record Children(String explanations, String deadLetters, @Nullable String audit) {}

    private static final long REGISTRY_RETRY_MILLIS = 200;

    private final LookAhead lookAhead;
    private final ExplanationWriter writer;
    private final DeadLetters deadLetters;
    private final ExplainSettings settings;
    private final OutcomeMeters outcomes;
    private final Children children;

    @SuppressWarnings("NullAway.Init") // Kafka Streams calls init first
    private InFlightRecords inFlight;

    ExplainProcessor(
            LookAhead lookAhead,
            ExplanationWriter writer,
            DeadLetters deadLetters,
            ExplainSettings settings,
            OutcomeMeters outcomes,
            Children children) {
        this.lookAhead = lookAhead;
        this.writer = writer;
        this.deadLetters = deadLetters;
        this.settings = settings;
        this.outcomes = outcomes;
        this.children = children;
    }

    @Override
    public void init(ProcessorContext<byte[], Outbound> context) {
        super.init(context);
        this.inFlight = lookAhead.inFlight();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        RecordMetadata position = context()
                .recordMetadata()
                .orElseThrow(() -> new IllegalStateException("a record from a topic has a position"));
        InputRecord input = new InputRecord(
                new TopicPartition(position.topic(), position.partition()),
                position.offset(),
                record.value(),
                record.headers());
        Finding finding = find(input);
        if (finding instanceof Finding.Explained explained) {
            explained(record, input, explained);
        } else if (finding instanceof Finding.Rejected rejected) {
            rejected(record, input, rejected);
        } else if (finding instanceof Finding.SampledOut left) {
            account(record, Outcome.sampledOut(left.event()));
            outcomes.sampledOut();
        }
        // Not from a punctuator as well: Kafka Streams would then open a transaction each time, whatever came.
        if (inFlight.admitsCommit(context().currentSystemTimeMs())) {
            context().commit();
        }
    }

    @Override
    public void close() {
        inFlight.cancel(context().taskId().partition());
    }

    private void explained(Record<byte[], byte[]> record, InputRecord input, Finding.Explained explained) {
        WrittenExplanation written;
        try {
            written = write(record.key(), input, explained);
        } catch (RejectedRecordException e) {
            rejected(record, input, new Finding.Rejected(e, explained.subject().resolved()));
            return;
        }
        Output output = new Output(written.value(), input.partition().partition());
        context().forward(record.withValue(output), children.explanations());
        account(record, Outcome.explained(written));
        outcomes.explained(explained, written.explanation().getPrediction().getAgreement());
    }

    private void rejected(Record<byte[], byte[]> record, InputRecord input, Finding.Rejected rejected) {
        Reason reason = rejected.why().reason();
        context().forward(deadLetters.of(record, input, rejected.why()), children.deadLetters());
        account(record, Outcome.failed(reason, rejected.event()));
        outcomes.failed(reason, rejected.event());
    }

    private void account(Record<byte[], byte[]> record, Outcome outcome) {
        if (children.audit() != null) {
            context().forward(record.withValue(outcome), children.audit());
        }
    }

    private Finding find(InputRecord input) {
        long since = System.nanoTime();
        PendingExplanation explanation = inFlight.take(input);
        while (true) {
            try {
                return await(input, explanation);
            } catch (RegistryUnavailableException e) {
                pause(since, e);
                explanation = inFlight.start(input);
            }
        }
    }

    private WrittenExplanation write(byte @Nullable [] key, InputRecord input, Finding.Explained explained)
            throws RejectedRecordException {
        long since = System.nanoTime();
        while (true) {
            try {
                return writer.write(key, input, explained);
            } catch (RegistryUnavailableException e) {
                pause(since, e);
            }
        }
    }

    /** Waits before the registry is asked again, unless it has been waited for long enough. */
    private void pause(long since, RegistryUnavailableException e) {
        if (System.nanoTime() - since > settings.registryTimeout().toNanos()) {
            throw e;
        }
        try {
            Thread.sleep(REGISTRY_RETRY_MILLIS);
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    private Finding await(InputRecord input, PendingExplanation explanation) {
        Duration limit = settings.recordTimeout();
        try {
            return explanation.result().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            explanation.cancel();
            throw new DeviceTimeoutException("no explanation of %s within %s".formatted(input, limit));
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (CancellationException e) {
            throw new DeviceException("the explanation of %s was cancelled".formatted(input), e);
        } catch (ExecutionException e) {
            throw failure(input, e.getCause());
        }
    }

    /** What fails the task. */
    private static RuntimeException failure(InputRecord input, @Nullable Throwable cause) {
        if (cause instanceof RejectedExecutionException) {
            return new DeviceException("the device no longer takes %s: %s".formatted(input, cause.getMessage()), cause);
        }
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof RuntimeException exception ? exception : new IllegalStateException(cause);
    }
}
