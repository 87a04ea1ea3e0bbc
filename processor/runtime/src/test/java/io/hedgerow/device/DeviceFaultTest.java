package io.hedgerow.device;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a batcher does when its device fails, or has too little memory. */
class DeviceFaultTest {
    private static final BatchLimits LIMITS = new BatchLimits(8, Duration.ZERO, 100, 1_000_000, Duration.ofSeconds(60));

    private final List<Integer> sizes = new CopyOnWriteArrayList<>();
    private final CountDownLatch open = new CountDownLatch(1);
    private volatile Instant now = Instant.ofEpochSecond(1_700_000_000);
    private volatile int room = 8;
    private volatile boolean lost;
    private final Batcher<Integer, Integer> batcher =
            new Batcher<>("gpu:0", this::compute, request -> 1, LIMITS, () -> now);

    @AfterEach
    void close() {
        open.countDown();
        batcher.close();
    }

    @Test
    void shouldHalveABatchThatIsTooMuchForTheMemory() throws Exception {
        room = 2;
        var futures = submitTogether(8);

        for (int i = 0; i < 8; i++) {
            assertThat(get(futures.get(i)).value()).isEqualTo(i);
        }
        assertThat(sizes.subList(1, sizes.size())).containsExactly(8, 4, 2, 2, 2, 2);
        assertThat(batcher.health().state()).isEqualTo(DeviceHealth.State.UP);
        assertThat(batcher.health().halvings()).isEqualTo(2);
    }

    @Test
    void shouldRememberForAWhileWhatTheMemoryTakes() throws Exception {
        room = 4;
        getAll(submitTogether(8));
        sizes.clear();
        room = 8;
        getAll(submit(8));
        assertThat(sizes).allMatch(size -> size <= 4);
        assertThat(batcher.health().halvings()).isEqualTo(1);
    }

    @Test
    void shouldCountASingleRequestThatIsTooMuchAsTheDevicesFault() {
        open.countDown();
        room = 0;

        assertThatThrownBy(() -> get(batcher.submit(1))).hasCauseInstanceOf(DeviceMemoryException.class);
        assertThat(batcher.health().state()).isEqualTo(DeviceHealth.State.DOWN);
    }

    @Test
    void shouldLeaveAFailedDeviceAloneLongerEachTime() throws Exception {
        open.countDown();
        lost = true;
        for (int pause : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            Instant failed = now;
            assertThatThrownBy(() -> get(batcher.submit(1))).hasRootCauseMessage("gone");
            assertThat(batcher.health().retry()).isEqualTo(failed.plusSeconds(pause));
            int tries = sizes.size();
            now = failed.plusSeconds(pause).minusMillis(1);
            assertThatThrownBy(() -> get(batcher.submit(2)))
                    .hasCauseInstanceOf(DeviceException.class)
                    .hasMessageContaining(
                            "gpu:0 is down since 2023-11-14T22:13:20Z, tried again at " + failed.plusSeconds(pause))
                    .hasMessageContaining("gone");
            assertThat(sizes).as("a device that is left alone").hasSize(tries);
            now = failed.plusSeconds(pause);
        }
        lost = false;
        assertThat(get(batcher.submit(3)).value()).isEqualTo(3);
        assertThat(batcher.health().state()).isEqualTo(DeviceHealth.State.UP);
        assertThat(batcher.health().failures()).isEqualTo(8);

        lost = true;
        assertThatThrownBy(() -> get(batcher.submit(1))).hasRootCauseMessage("gone");
        assertThat(batcher.health().retry()).as("after it was up").isEqualTo(now.plusSeconds(1));
    }

    @Test
    void shouldFailAllThatWaitsWhenTheDeviceFails() throws Exception {
        lost = true;
        var futures = submitTogether(20);

        for (CompletableFuture<Batched<Integer>> future : futures) {
            assertThatThrownBy(() -> get(future)).hasCauseInstanceOf(DeviceException.class);
        }
        assertThat(sizes).as("batches tried").hasSize(1);
    }

    /** With the device busy until all are there. */
    private List<CompletableFuture<Batched<Integer>>> submitTogether(int count) throws InterruptedException {
        var first = batcher.submit(-1);
        while (sizes.isEmpty()) {
            Thread.onSpinWait();
        }
        var futures = submit(count);
        open.countDown();
        assertThat(first).isNotNull();
        return futures;
    }

    private List<CompletableFuture<Batched<Integer>>> submit(int count) {
        return IntStream.range(0, count).mapToObj(batcher::submit).toList();
    }

    private List<Integer> compute(List<Integer> requests) throws InterruptedException {
        sizes.add(requests.size());
        open.await();
        if (lost) {
            throw new DeviceException("gone");
        }
        if (requests.size() > room) {
            throw new DeviceMemoryException("too much: " + requests.size(), new IllegalStateException());
        }
        return new ArrayList<>(requests);
    }

    private static void getAll(List<CompletableFuture<Batched<Integer>>> futures) throws ExecutionException {
        for (CompletableFuture<Batched<Integer>> future : futures) {
            get(future);
        }
    }

    private static <T> T get(CompletableFuture<T> future) throws ExecutionException {
        try {
            return future.get(30, SECONDS);
        } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
            throw new AssertionError(e);
        }
    }
}
