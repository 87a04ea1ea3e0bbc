package io.hedgerow.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.demo.BundledModel;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.BatchSizeTuner;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedModelTest {
    private static final BatchLimits LIMITS =
            new BatchLimits(4, Duration.ofMillis(200), 16, 1 << 20, Duration.ofMinutes(1));
    /** No size is found to be as fast. */
    private static final double UNREAL = 1e9;

    @TempDir
    static Path folder;

    private static ModelRepository repository;
    private static ModelSource source;
    private static KnownBatch known;

    @BeforeAll
    static void compile() throws IOException {
        repository = new ModelRepository(new UserCache(folder.resolve("cache")), new Compiler(), CompileProgress.NONE);
        Path directory = BundledModel.SURFACE_UNBIASED.unpack(folder);
        source = new ModelSource("m", "1", directory, ModelYaml.of(directory), CompileOptions.DEFAULT, 2);
        try (LoadedModel model = load()) {
            known = new KnownBatch(
                    repository.compiled(directory, CompileOptions.DEFAULT),
                    model.input(),
                    TensorFlowDevice.CPU,
                    LIMITS.size());
        }
    }

    @Test
    void shouldKeepTheBatchSizeThatItFound() throws Exception {
        known.write(new BatchSizeTuner(2, UNREAL, null));

        repository.load(source, TensorFlowDevice.CPU, LIMITS).close();

        assertThat(Objects.requireNonNull(known.read()).imagesPerSecond()).isLessThan(UNREAL);
    }

    @Test
    void shouldStartWithTheBatchSizeOfAnEarlierStart() throws Exception {
        known.write(new BatchSizeTuner(2, UNREAL, null));

        try (LoadedModel model = load()) {
            assertThat(model.imagesPerSecond()).isEqualTo(UNREAL);
            assertThat(largestBatch(model)).isEqualTo(2);
        }
    }

    @Test
    void shouldTrySizesAtOnceWhereTheyAreMeasured() throws Exception {
        known.write(new BatchSizeTuner(2, UNREAL, null));

        try (LoadedModel model = repository.load(source, TensorFlowDevice.CPU, LIMITS)) {
            assertThat(model.imagesPerSecond()).isLessThan(UNREAL);
        }
    }

    @Test
    void shouldTrySizesAnewInTheBackgroundAndKeepToWhatIsFound() throws Exception {
        known.write(new BatchSizeTuner(1, UNREAL, null));

        try (LoadedModel model = load();
                BatchRetrial retrial = new BatchRetrial(List.of(model), Duration.ZERO)) {
            await().atMost(Duration.ofMinutes(1))
                    .until(() -> Objects.requireNonNull(known.read()).imagesPerSecond() < UNREAL);
            int found = Objects.requireNonNull(known.read()).size();
            // What is kept is taken a moment later.
            await().atMost(Duration.ofMinutes(1)).until(() -> largestBatch(model) == found);
        }
    }

    @Test
    void shouldExplainEachImageOfABatchByTheMethodThatItNames() throws Exception {
        String[] names = {"grad-cam", "gradient-hedging", "gradient"};
        ModelSource several = new ModelSource(
                "m", "1", source.directory(), source.settings(), CompileOptions.DEFAULT.with(names), 1.5f);

        try (LoadedModel model = repository.load(several, TensorFlowDevice.CPU, LIMITS)) {
            assertThat(model.methods()).extracting(MethodInfo::name).containsExactly(names);
            assertThat(model.methods()).extracting(model::defaultRatio).containsExactly(0f, 1.5f, 0f);
            List<Attribution> found = Stream.of("", "gradient-hedging", "gradient", "grad-cam")
                    .map(method -> model.submit(new AttributionRequest(
                            grey(model.input()), new int[] {1}, Map.of(ModelSource.RATIO, 1.5f), method)))
                    .toList()
                    .stream()
                    .map(future -> future.join().value())
                    .toList();
            assertThat(found.get(0).mapHeight()).isLessThan(found.get(1).mapHeight());
            assertThat(found.get(2).maps()[0]).isNotEqualTo(found.get(1).maps()[0]);
            assertThat(found.get(3).maps()[0]).isEqualTo(found.get(0).maps()[0]);
        }
    }

    private static ImageTensor grey(TensorSpec spec) {
        ByteBuffer pixels = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        for (int i = 0; i < spec.elements(); i++) {
            if (spec.type() == ElementType.UINT8) {
                pixels.put(i, (byte) (i * 31));
            } else {
                pixels.putFloat(i * Float.BYTES, i * 31 & 255);
            }
        }
        return new ImageTensor(pixels, spec, MapTransform.IDENTITY);
    }

    @Test
    void shouldStopTryingWhenItIsClosed() throws Exception {
        known.write(new BatchSizeTuner(1, UNREAL, null));

        try (LoadedModel model = load();
                BatchRetrial retrial = new BatchRetrial(List.of(model), Duration.ofHours(1))) {
            assertThat(largestBatch(model)).isEqualTo(1);
        }

        assertThat(Objects.requireNonNull(known.read()).imagesPerSecond()).isEqualTo(UNREAL);
    }

    @Test
    void shouldScoreWithoutMapsAsItDoesWithThem() throws Exception {
        try (LoadedModel model = load()) {
            ByteBuffer pixels = ByteBuffer.allocate(model.input().bytes()).order(ByteOrder.nativeOrder());
            for (int at = 0; at < model.input().elements(); at++) {
                pixels.putFloat(at * Float.BYTES, at % 97 / 97f);
            }
            ImageTensor image = new ImageTensor(pixels, model.input(), MapTransform.IDENTITY);

            var explained = model.submit(new AttributionRequest(image, AttributionRequest.TOP));
            var scored = List.of(
                    model.submitNext(new AttributionRequest(image)), model.submitNext(new AttributionRequest(image)));

            assertThat(scored).allSatisfy(future -> {
                assertThat(future.join().value().scores())
                        .containsExactly(explained.join().value().scores(), within(1e-4f));
                assertThat(future.join().value().predictions())
                        .containsExactly(explained.join().value().predictions(), within(1e-5f));
                assertThat(future.join().value().maps()).isEmpty();
            });
        }
    }

    private static LoadedModel load() throws IOException {
        return repository.load(source, TensorFlowDevice.CPU, LIMITS, Long.MAX_VALUE);
    }

    private static int largestBatch(LoadedModel model) {
        ByteBuffer pixels = ByteBuffer.allocate(model.input().bytes()).order(ByteOrder.nativeOrder());
        AttributionRequest request = new AttributionRequest(
                new ImageTensor(pixels, model.input(), MapTransform.IDENTITY), new int[] {AttributionRequest.TOP});
        return IntStream.range(0, 2 * LIMITS.size()).mapToObj(i -> model.submit(request)).toList().stream()
                .mapToInt(future -> future.join().batchSize())
                .max()
                .orElseThrow();
    }
}
