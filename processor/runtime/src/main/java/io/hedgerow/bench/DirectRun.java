package io.hedgerow.bench;

import io.hedgerow.event.Finding;
import io.hedgerow.event.InputRecord;
import io.hedgerow.service.ReadAhead;
import io.hedgerow.stream.InFlightRecords;
import io.hedgerow.stream.LookAhead;
import io.hedgerow.stream.PendingExplanation;
import io.hedgerow.stream.ReadAheadPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Explains events without Kafka, as stream threads would: each reads ahead and waits for its oldest record. */
final class DirectRun {
    private static final TopicPartition NOWHERE = new TopicPartition("bench", 0);

    private final LookAhead lookAhead;
    private final ReadAheadPlan plan;

    DirectRun(ReadAhead readAhead) {
        this.lookAhead = readAhead.lookAhead();
        this.plan = readAhead.plan();
    }

    /** Explains {@code images} of the events, in turn. */
    void explain(List<byte[]> encoded, int images) throws InterruptedException {
        List<FutureTask<?>> threads = new ArrayList<>();
        for (int thread = 0; thread < plan.threads(); thread++) {
            int first = thread;
            FutureTask<?> work = new FutureTask<>(() -> explain(encoded, first, images), null);
            threads.add(work);
            new Thread(work, "hedgerow-bench-" + thread).start();
        }
        for (FutureTask<?> work : threads) {
            try {
                work.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("explaining without Kafka failed: " + e.getCause(), e.getCause());
            }
        }
    }

    /** Explains {@code images} of the events one by one; gives the time of each. */
    double[] milliseconds(List<byte[]> encoded, int images) {
        double[] millis = new double[images];
        InFlightRecords inFlight = lookAhead.inFlight();
        try {
            for (int i = 0; i < images; i++) {
                long start = System.nanoTime();
                byte[] value = encoded.get(i % encoded.size());
                explained(inFlight.start(new InputRecord(NOWHERE, i, value, new RecordHeaders())));
                millis[i] = (System.nanoTime() - start) / 1e6;
            }
        } finally {
            lookAhead.leave();
        }
        return millis;
    }

    private void explain(List<byte[]> encoded, int first, int images) {
        InFlightRecords inFlight = lookAhead.inFlight();
        try {
            ArrayDeque<PendingExplanation> ahead = new ArrayDeque<>();
            for (int i = first; i < images; i += plan.threads()) {
                byte[] value = encoded.get(i % encoded.size());
                ahead.add(inFlight.start(new InputRecord(NOWHERE, i, value, new RecordHeaders())));
                if (ahead.size() > plan.maxPollRecords() + plan.bufferedRecordsPerPartition()) {
                    explained(ahead.remove());
                }
            }
            ahead.forEach(DirectRun::explained);
        } finally {
            lookAhead.leave();
        }
    }

    /** Waits; nothing but an explanation counts. */
    private static void explained(PendingExplanation explanation) {
        if (!(explanation.result().join() instanceof Finding.Explained)) {
            throw new IllegalStateException("an event can't be explained");
        }
    }
}
