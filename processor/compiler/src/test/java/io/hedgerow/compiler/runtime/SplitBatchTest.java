package io.hedgerow.compiler.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.translate.TranslateException;
import io.hedgerow.engine.TensorFlowDevice;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitBatchTest {
    private final SplitBatch parts = new SplitBatch(2, "test");

    @AfterEach
    void close() {
        parts.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void shouldKeepTheOrder(int size) throws TranslateException {
        List<Integer> results = parts.compute(
                size, (lane, from, to) -> IntStream.range(from, to).boxed().toList());

        assertThat(results).containsExactlyElementsOf(IntStream.range(0, size).boxed()::iterator);
    }

    @ParameterizedTest
    @CsvSource({"8, 1, 4", "8, 2, 2", "8, 5, 1", "7, 2, 2", "1, 5, 1"})
    void shouldComputeAsManyMapsAtOnceAsImagesWithOneEach(int size, int maps, int largest) throws TranslateException {
        Set<Integer> sizes = ConcurrentHashMap.newKeySet();

        List<Integer> results = parts.compute(size, maps, (lane, from, to) -> {
            sizes.add(to - from);
            return IntStream.range(from, to).boxed().toList();
        });

        assertThat(results).containsExactlyElementsOf(IntStream.range(0, size).boxed()::iterator);
        assertThat(sizes.stream().mapToInt(i -> i).max()).hasValue(largest);
    }

    @Test
    void shouldComputeBothHalvesAtOnce() throws TranslateException {
        CountDownLatch began = new CountDownLatch(2);
        Set<Integer> lanes = ConcurrentHashMap.newKeySet();

        List<Boolean> met = parts.compute(2, (lane, from, to) -> {
            lanes.add(lane);
            began.countDown();
            return List.of(awaits(began));
        });

        assertThat(met).containsExactly(true, true);
        assertThat(lanes).containsExactlyInAnyOrder(0, 1);
    }

    @Test
    void shouldThrowWhatTheSecondHalfThrows() {
        TranslateException failure = new TranslateException("second");

        assertThatThrownBy(() -> parts.compute(4, (lane, from, to) -> {
                    if (lane == 1) {
                        throw failure;
                    }
                    return List.of(0, 1);
                }))
                .isSameAs(failure);
    }

    @Test
    void shouldNotReturnBeforeTheSecondHalfHasEnded() {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicBoolean ended = new AtomicBoolean();

        assertThatThrownBy(() -> parts.compute(4, (lane, from, to) -> {
                    if (lane == 0) {
                        failed.countDown();
                        throw new TranslateException("first");
                    }
                    ended.set(awaits(failed));
                    return List.of(2, 3);
                }))
                .hasMessage("first");
        assertThat(ended).isTrue();
    }

    @Test
    void shouldKeepABatchWholeOnAGpu() throws TranslateException {
        try (SplitBatch whole = SplitBatch.on(TensorFlowDevice.parse("gpu:0"))) {
            assertThat(whole.compute(5, (lane, from, to) -> List.of(lane, from, to)))
                    .containsExactly(0, 0, 5);
        }
    }

    private static boolean awaits(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
