package io.hedgerow.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.PredictionEvent;
import io.hedgerow.explain.ModelTable;
import io.hedgerow.image.ImageDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
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
    private final ModelTable device = new ModelTable(
            "cpu", List.of(new AnsweringModel(request -> CompletableFuture.failedFuture(new IllegalStateException()))));

    @Test
    void shouldNotMixWhatTwoThreadsPolled() throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Job> first = new ArrayList<>();
        List<Job> second = new ArrayList<>();
        try (Decoders decoders = new Decoders(List.of(device), 1)) {
            FutureTask<Void> other = poll("b", second, decoders, together);
            new Thread(other).start();
            poll("a", first, decoders, together).run();
            other.get();
            CompletableFuture.allOf(IntStream.range(0, first.size())
                            .mapToObj(i -> CompletableFuture.allOf(
                                    first.get(i).result(), second.get(i).result()))
                            .toArray(CompletableFuture[]::new))
                    .exceptionally(failure -> null)
                    .join();
        }

        assertThat(decoded).hasSize(2 * POLLS * RECORDS);
        for (int i = 0; i < decoded.size(); i += RECORDS) {
            assertThat(decoded.subList(i, i + RECORDS)).containsOnly(decoded.get(i));
        }
    }

    private FutureTask<Void> poll(String name, List<Job> begun, Decoders decoders, CyclicBarrier together) {
        return new FutureTask<>(() -> {
            for (int poll = 0; poll < POLLS; poll++) {
                String value = name + poll;
                List<Job> jobs =
                        IntStream.range(0, RECORDS).mapToObj(i -> job(value, i)).toList();
                begun.addAll(jobs);
                together.await();
                decoders.begin(device, jobs);
            }
            return null;
        });
    }

    private Job job(String value, int offset) {
        EventLimits limits = EventLimits.DEFAULT;
        Preparation preparation = new Preparation(
                new EventReader(this::note, limits),
                new Sampling(1),
                new EventCheck(limits, Clock.systemUTC()),
                new ImageReader(new ImageDecoder()));
        InputRecord record = new InputRecord(
                new TopicPartition("events", 0), offset, value.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        return new Job(record, device, preparation);
    }

    private PredictionEvent note(String topic, byte[] value) {
        decoded.add(new String(value, StandardCharsets.UTF_8));
        return Events.event("e");
    }
}
