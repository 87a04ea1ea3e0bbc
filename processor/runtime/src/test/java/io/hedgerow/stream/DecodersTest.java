package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.event.InputRecord;
import io.hedgerow.event.NotingPreparation;
import io.hedgerow.event.Preparation;
import io.hedgerow.models.ModelTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class DecodersTest {
    private static final int POLLS = 50;
    private static final int RECORDS = 50;

    private final List<String> decoded = new ArrayList<>();
    private final Preparation preparation = NotingPreparation.in(decoded);
    private final ModelTable device = new ModelTable(
            "cpu", List.of(new AnsweringModel(request -> CompletableFuture.failedFuture(new IllegalStateException()))));

    @Test
    void shouldNotMixWhatTwoThreadsPolled() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        try (Decoders decoders = new Decoders(List.of(device), 1)) {
            FutureTask<PendingExplanation> other = polls("b", decoders, together);
            new Thread(other).start();
            FutureTask<PendingExplanation> own = polls("a", decoders, together);
            own.run();
            CompletableFuture.allOf(own.get().result(), other.get().result())
                    .exceptionally(failure -> null)
                    .join();
        }

        assertThat(decoded).hasSize(2 * POLLS * RECORDS);
        for (int i = 0; i < decoded.size(); i += RECORDS) {
            assertThat(decoded.subList(i, i + RECORDS)).containsOnly(decoded.get(i));
        }
    }

    /** Gives the last job. */
    private FutureTask<PendingExplanation> polls(String name, Decoders decoders, CyclicBarrier together) {
        return new FutureTask<>(() -> {
            List<PendingExplanation> jobs = List.of();
            for (int poll = 0; poll < POLLS; poll++) {
                String value = name + poll;
                jobs = IntStream.range(0, RECORDS).mapToObj(i -> job(value, i)).toList();
                together.await();
                decoders.begin(device, jobs);
            }
            return jobs.get(RECORDS - 1);
        });
    }

    private PendingExplanation job(String value, int offset) {
        InputRecord record = new InputRecord(
                new TopicPartition("events", 0), offset, value.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        return new PendingExplanation(record, device, preparation);
    }
}
