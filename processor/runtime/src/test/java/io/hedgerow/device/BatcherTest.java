package io.hedgerow.device;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatcherTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final BatchLimits LIMITS = new BatchLimits(4, Duration.ZERO, 100, 1_000_000, LONG);

    private SimulatedDevice device = new SimulatedDevice();
    private Batcher<Integer, Integer> batcher = batcher(LIMITS);

    @AfterEach
    void close() {
        device.open();
        batcher.close();
    }

    @Test
    void shouldGiveEveryRequestItsOwnResult() throws Exception {
        device.open();
        List<CompletableFuture<List<CompletableFuture<Batched<Integer>>>>> submitters = IntStream.range(0, 4)
                .mapToObj(thread -> CompletableFuture.supplyAsync(
                        () -> submit(IntStream.range(0, 500).map(i -> 1000 * thread + i))))
                .toList();

        for (int thread = 0; thread < 4; thread++) {
            List<CompletableFuture<Batched<Integer>>> futures =
                    submitters.get(thread).get(30, SECONDS);
            for (int i = 0; i < 500; i++) {
                assertThat(get(futures.get(i)).value()).isEqualTo(2 * (1000 * thread + i));
            }
        }
        assertThat(device.batches).allSatisfy(batch -> assertThat(batch).hasSizeBetween(1, 4));
    }

    @Test
    void shouldBatchInOrderOfSubmissionWhatWaitsWhileTheDeviceIsBusy() throws Exception {
        var first = batcher.submit(0);
        await().until(() -> device.batches.size() == 1);
        var rest = submit(IntStream.rangeClosed(1, 6));
        device.open();

        assertThat(get(first).batchSize()).isEqualTo(1);
        assertThat(get(rest.get(0)).batchSize()).isEqualTo(4);
        assertThat(get(rest.get(5)).batchSize()).isEqualTo(2);
        assertThat(device.batches).containsExactly(List.of(0), List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void shouldLingerForMoreUntilTheBatchIsFull() throws Exception {
        replace(new SimulatedDevice(), new BatchLimits(3, LONG, 100, 1_000_000, LONG));
        device.open();
        var futures = submit(IntStream.range(0, 3));

        assertThat(get(futures.get(0)).batchSize()).isEqualTo(3);
    }

    @Test
    void shouldHoldSubmittersBackWhileTheQueueIsFull() throws Exception {
        replace(new SimulatedDevice(), new BatchLimits(1, Duration.ZERO, 2, 1_000_000, LONG));
        assertThatSubmissionBlocksAfter(2);
    }

    @Test
    void shouldHoldSubmittersBackWhileTheByteBudgetIsUsedUp() throws Exception {
        replace(new SimulatedDevice(), new BatchLimits(1, Duration.ZERO, 100, 30, LONG));
        assertThatSubmissionBlocksAfter(3);
    }

    @Test
    void shouldAcceptARequestLargerThanTheWholeByteBudget() throws Exception {
        replace(new SimulatedDevice(), new BatchLimits(1, Duration.ZERO, 100, 3, LONG));
        device.open();

        assertThat(get(batcher.submit(21)).value()).isEqualTo(42);
    }

    @Test
    void shouldFailExactlyTheBadRequestsOfABatch() throws Exception {
        Random random = new Random(7);
        for (int round = 0; round < 50; round++) {
            Set<Integer> bad = new HashSet<>();
            random.ints(random.nextInt(6), 1, 17).forEach(bad::add);
            replace(new SimulatedDevice(bad), new BatchLimits(16, Duration.ZERO, 100, 1_000_000, LONG));
            batcher.submit(0);
            await().until(() -> device.batches.size() == 1);
            var futures = submit(IntStream.rangeClosed(1, 16));
            device.open();

            for (int i = 1; i <= 16; i++) {
                CompletableFuture<Batched<Integer>> future = futures.get(i - 1);
                if (bad.contains(i)) {
                    assertThatThrownBy(() -> get(future))
                            .hasRootCauseMessage("bad number in a batch of 1")
                            .hasRootCauseInstanceOf(IllegalArgumentException.class);
                } else {
                    assertThat(get(future).value()).isEqualTo(2 * i);
                }
            }
        }
    }

    @Test
    void shouldFailTheWholeBatchAtOnceIfTheDeviceIsAtFault() {
        List<Integer> sizes = new ArrayList<>();
        try (var broken = new Batcher<Integer, Integer>(
                "broken",
                requests -> {
                    sizes.add(requests.size());
                    throw new DeviceException("gone");
                },
                request -> 1,
                new BatchLimits(3, LONG, 100, 1_000_000, LONG))) {
            var futures = IntStream.range(0, 3).mapToObj(broken::submit).toList();

            futures.forEach(future -> assertThatThrownBy(() -> get(future)).hasRootCauseMessage("gone"));
        }
        assertThat(sizes).containsExactly(3);
    }

    @Test
    void shouldFailTheBatchIfTheFunctionLosesAResult() {
        try (var lossy = new Batcher<Integer, Integer>("lossy", requests -> List.of(), request -> 1, LIMITS)) {
            assertThatThrownBy(() -> get(lossy.submit(1))).hasMessageContaining("0 results for a batch of 1");
        }
    }

    @Test
    void shouldSkipCancelledRequests() throws Exception {
        batcher.submit(0);
        await().until(() -> device.batches.size() == 1);
        var futures = submit(IntStream.rangeClosed(1, 3));
        futures.get(1).cancel(false);
        device.open();

        get(futures.get(2));
        assertThat(device.batches).containsExactly(List.of(0), List.of(1, 3));
    }

    @Test
    void shouldFailFastWhileTheDeviceHangsAndRecoverWhenItAnswers() throws Exception {
        replace(new SimulatedDevice(), new BatchLimits(1, Duration.ZERO, 100, 1_000_000, Duration.ofMillis(100)));
        var running = batcher.submit(1);
        await().until(() -> device.batches.size() == 1);
        var waiting = batcher.submit(2);

        assertThatThrownBy(() -> get(running)).hasCauseInstanceOf(DeviceTimeoutException.class);
        assertThatThrownBy(() -> get(waiting)).hasCauseInstanceOf(DeviceTimeoutException.class);
        assertThat(batcher.isHung()).isTrue();
        assertThat(batcher.submit(3)).isCompletedExceptionally();

        device.open();
        await().until(() -> !batcher.isHung());
        assertThat(get(batcher.submit(4)).value()).isEqualTo(8);
        assertThat(device.batches).containsExactly(List.of(1), List.of(4));
    }

    @Test
    void shouldComputeWhatWaitsBeforeItCloses() {
        var futures = submit(IntStream.range(0, 10));
        device.open();
        batcher.close();

        assertThat(futures).allSatisfy(future -> assertThat(future).isCompleted());
        assertThatThrownBy(() -> get(batcher.submit(11)))
                .hasCauseInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void shouldRefuseLimitsThatCannotWork() {
        assertThatThrownBy(() -> new BatchLimits(8, Duration.ZERO, 4, 1, LONG))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("queue 4");
        assertThatThrownBy(() -> new BatchLimits(8, Duration.ZERO, 8, 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("time limit");
    }

    @Test
    void shouldComputeNextWhatIsAskedOfAResultHoweverMuchWaits() throws Exception {
        replace(new SimulatedDevice(), new BatchLimits(2, Duration.ZERO, 2, 1_000_000, LONG));
        var first = batcher.submit(0);
        CompletableFuture<Batched<Integer>> further = first.thenCompose(result -> batcher.submitNext(50));
        await().until(() -> device.batches.size() == 1);
        var waiting = submit(IntStream.rangeClosed(1, 2));
        assertThat(batcher.queued()).isEqualTo(2);
        device.open();

        assertThat(get(further).value()).isEqualTo(100);
        assertThat(get(waiting.get(1)).value()).isEqualTo(4);
        assertThat(device.batches).containsExactly(List.of(0), List.of(50, 1), List.of(2));
    }

    @Test
    void shouldRefuseWhatIsAskedNextWhenClosed() {
        device.open();
        batcher.close();

        assertThat(batcher.submitNext(1)).isCompletedExceptionally();
    }

    /** With one request at the device, {@code room} more fit and the next one waits until the device goes on. */
    private void assertThatSubmissionBlocksAfter(int room) throws Exception {
        batcher.submit(0);
        await().until(() -> device.batches.size() == 1);
        submit(IntStream.rangeClosed(1, room));
        CompletableFuture<Batched<Integer>> result = new CompletableFuture<>();
        Thread submitter = new Thread(() -> batcher.submit(99).thenAccept(result::complete));
        submitter.start();

        await().until(() -> submitter.getState() == Thread.State.TIMED_WAITING);
        assertThat(batcher.queued()).isEqualTo(room);
        device.open();
        assertThat(get(result).value()).isEqualTo(198);
    }

    private void replace(SimulatedDevice newDevice, BatchLimits limits) {
        close();
        device = newDevice;
        batcher = batcher(limits);
    }

    private Batcher<Integer, Integer> batcher(BatchLimits limits) {
        return new Batcher<>("test", device, request -> 10, limits);
    }

    private List<CompletableFuture<Batched<Integer>>> submit(IntStream requests) {
        return requests.mapToObj(batcher::submit).toList();
    }

    private static <T> T get(CompletableFuture<T> future) throws ExecutionException {
        try {
            return future.get(30, SECONDS);
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldMakeBatchesThatFitIntoMemory() {
        BatchLimits limits = new BatchLimits(32, Duration.ZERO, 100, 1_000_000, LONG);
        assertThat(limits.fitting(100, 1_000).size()).isEqualTo(10);
        assertThat(limits.fitting(100, 100_000).size()).isEqualTo(32);
        assertThat(limits.fitting(100, 10).size()).isEqualTo(1);
        assertThat(limits.fitting(-1, 10).size()).isEqualTo(32);
    }
}
