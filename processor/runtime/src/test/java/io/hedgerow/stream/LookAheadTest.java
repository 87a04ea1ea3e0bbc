package io.hedgerow.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.event.Finding;
import io.hedgerow.event.InputRecord;
import io.hedgerow.event.NotingPreparation;
import io.hedgerow.models.ModelTable;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

class LookAheadTest {
    private static final String TOPIC = "events";

    private final List<String> prepared = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final LookAhead lookAhead = lookAhead(List.of("cpu"));

    @Test
    void shouldTakeTurnsAmongPartitions() {
        lookAhead.offer(records(Map.of(0, List.of("a0", "a1", "a2"), 1, List.of("b0"), 2, List.of("c0", "c1"))));
        decode();

        assertThat(prepared.subList(0, 3)).containsExactlyInAnyOrder("a0", "b0", "c0");
        assertThat(prepared.subList(3, 5)).containsExactlyInAnyOrder("a1", "c1");
        assertThat(prepared.subList(5, 6)).containsExactly("a2");
    }

    @Test
    void shouldHandOutWhatWasBegunAheadAndBeginTheRest() {
        lookAhead.offer(records(Map.of(0, List.of("a0", "a1"))));
        PendingExplanation first = lookAhead.inFlight().take(input(0, 0, "a0"));
        PendingExplanation second = lookAhead.inFlight().take(input(0, 1, "a1"));
        lookAhead.inFlight().take(input(0, 2, "new"));
        decode();

        assertThat(first.result()).isCompletedWithValueMatching(Finding.Rejected.class::isInstance);
        assertThat(second.result()).isCompletedWithValueMatching(Finding.Rejected.class::isInstance);
        assertThat(prepared).containsExactly("a0", "a1", "new");
    }

    @Test
    void shouldAskForACommitWhenAllIsTakenButNotOften() {
        long pause = InFlightRecords.COMMIT_PAUSE.toMillis();
        lookAhead.offer(records(Map.of(0, List.of("a0"), 1, List.of("b0"))));
        InFlightRecords inFlight = lookAhead.inFlight();
        inFlight.take(input(0, 0, "a0"));
        assertThat(inFlight.admitsCommit(10 * pause)).isFalse();

        inFlight.take(input(1, 0, "b0"));
        assertThat(inFlight.admitsCommit(10 * pause)).isTrue();
        assertThat(inFlight.admitsCommit(11 * pause - 1)).isFalse();
        assertThat(inFlight.admitsCommit(11 * pause)).isTrue();
    }

    @Test
    void shouldDropWhatWasSkipped() {
        lookAhead.offer(records(Map.of(0, List.of("a0", "a1", "a2"))));
        lookAhead.inFlight().take(input(0, 2, "a2"));
        decode();

        assertThat(prepared).containsExactly("a2");
    }

    @Test
    void shouldStartOverWhenTheConsumerGoesBack() {
        lookAhead.offer(records(Map.of(0, List.of("a0", "a1", "a2"))));
        lookAhead.inFlight().take(input(0, 0, "a0"));
        lookAhead.offer(records(Map.of(0, List.of("again0", "again1"))));
        decode();

        assertThat(prepared).containsExactly("a0", "again0", "again1");
    }

    @Test
    void shouldDropTheJobsOfAPartitionThatIsTakenAway() {
        lookAhead.offer(records(Map.of(0, List.of("a0"), 1, List.of("b0"))));
        lookAhead.inFlight().cancel(0);
        decode();

        assertThat(prepared).containsExactly("b0");
    }

    @Test
    void shouldDropEverythingWhenTheThreadEnds() {
        lookAhead.offer(records(Map.of(0, List.of("a0"), 1, List.of("b0"))));
        lookAhead.leave();
        decode();

        assertThat(prepared).isEmpty();
    }

    @Test
    void shouldSpreadThreadsOverDevicesAndFillThePlaceOfOneThatEnded() throws Exception {
        LookAhead two = lookAhead(List.of("gpu:0", "gpu:1"));
        List<ExecutorService> threads = new ArrayList<>();
        Map<String, Integer> count = new HashMap<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Executors.newSingleThreadExecutor());
            count.merge(device(threads.get(i), two), 1, Integer::sum);
        }
        assertThat(count).isEqualTo(Map.of("gpu:0", 2, "gpu:1", 2));

        String freed = device(threads.get(2), two);
        threads.get(2).submit(two::leave).get();
        threads.add(Executors.newSingleThreadExecutor());
        assertThat(device(threads.get(4), two)).isEqualTo(freed);
        threads.forEach(ExecutorService::shutdown);
    }

    @Test
    void shouldReturnTheRecordsThatWereIntercepted() {
        LookAheadInterceptor interceptor = new LookAheadInterceptor();
        interceptor.configure(Map.of(LookAheadInterceptor.LOOK_AHEAD, lookAhead));
        var records = records(Map.of(0, List.of("a0")));

        assertThat(interceptor.onConsume(records)).isSameAs(records);
        decode();
        assertThat(prepared).containsExactly("a0");
    }

    @Test
    void shouldSayThatTheInterceptorIsNotForUsersToSetUp() {
        assertThatThrownBy(() -> new LookAheadInterceptor().configure(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("hedgerow.look-ahead");
    }

    private static String device(ExecutorService thread, LookAhead lookAhead) throws Exception {
        return thread.submit(() -> lookAhead.inFlight().device().device()).get();
    }

    private void decode() {
        waiting.forEach(Runnable::run);
        waiting.clear();
    }

    private LookAhead lookAhead(List<String> devices) {
        var model = new AnsweringModel(request -> CompletableFuture.failedFuture(new IllegalStateException()));
        List<ModelTable> tables = devices.stream()
                .map(name -> new ModelTable(name, List.of(model)))
                .toList();
        return new LookAhead(
                new DevicePool(tables, InstantSource.system()),
                NotingPreparation.in(prepared),
                (device, jobs) -> waiting.addAll(jobs));
    }

    private static ConsumerRecords<byte[], byte[]> records(Map<Integer, List<String>> values) {
        Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> records = new LinkedHashMap<>();
        values.forEach((partition, list) -> {
            List<ConsumerRecord<byte[], byte[]>> ofPartition = new ArrayList<>();
            for (String value : list) {
                byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
                ofPartition.add(new ConsumerRecord<>(TOPIC, partition, ofPartition.size(), null, bytes));
            }
            records.put(new TopicPartition(TOPIC, partition), ofPartition);
        });
        return new ConsumerRecords<>(records, Map.of());
    }

    private static InputRecord input(int partition, long offset, String value) {
        return new InputRecord(
                new TopicPartition(TOPIC, partition),
                offset,
                value.getBytes(StandardCharsets.UTF_8),
                new RecordHeaders());
    }
}
