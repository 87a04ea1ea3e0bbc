package io.hedgerow.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.hedging.Values;
import io.hedgerow.compiler.method.NodeNames;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Random classifiers, each once with channels last and once in a mix of orders. */
class ChannelOrderTest {
    private static final int IMAGES = 2;
    private static final CompileOptions OPTIONS = new CompileOptions(null, null, null, Precision.FLOAT32);

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTensorFlow() {
        TensorFlowRuntime.start();
    }

    /** Scores and maps of one classifier. */
    private record Explained(ExplanationInfo info, float[] scores, float[] maps) {}

    @ParameterizedTest
    @ValueSource(longs = {10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120, 130, 140, 150, 160})
    void shouldExplainAClassifierAlikeInWhateverOrderItsAxesAre(long seed) throws IOException {
        Explained plain = explained(seed, false);
        Explained mixed = explained(seed, true);

        assertThat(mixed.info().referenceLayers().get(0).shape())
                .isEqualTo(plain.info().referenceLayers().get(0).shape());
        assertThat(mixed.info().method().map()).isEqualTo(plain.info().method().map());
        assertThat(mixed.info().input().height()).isEqualTo(RandomNet.HEIGHT);
        assertThat(mixed.info().input().channels()).isEqualTo(RandomNet.CHANNELS);
        assertThat(difference(mixed.scores(), plain.scores())).isLessThan(1e-4);
        int size = plain.maps().length / (IMAGES * RandomNet.CLASSES);
        for (int from = 0; from < plain.maps().length; from += size) {
            assertThat(difference(row(mixed.maps(), from, size), row(plain.maps(), from, size)))
                    .isLessThan(1e-3);
        }
    }

    private Explained explained(long seed, boolean mixed) throws IOException {
        Path model = folder.resolve("model-" + mixed);
        Path out = folder.resolve("explained-" + mixed);
        boolean first = RandomNet.write(seed, mixed, model);
        ExplanationInfo info = new Compiler().compile(model, OPTIONS, out, CompileProgress.NONE);
        assertThat(info.input().channelsFirst()).isEqualTo(first);
        try (SavedModelBundle bundle = SavedModelBundle.load(out.toString(), "serve");
                TFloat32 images = images(first);
                TFloat32 ratios =
                        TFloat32.tensorOf(Shape.of(IMAGES), t -> t.scalars().forEach(ratio -> ratio.setFloat(2)));
                TInt32 classes = TInt32.tensorOf(Shape.of(IMAGES, RandomNet.CLASSES), t -> t.scalars()
                        .forEachIndexed((i, c) -> c.setInt((int) i[1])));
                Result result = bundle.session()
                        .runner()
                        .feed("images", images)
                        .feed(NodeNames.imageParameter("ratio"), ratios)
                        .feed(NodeNames.CLASSES, classes)
                        .fetch(NodeNames.SCORES)
                        .fetch(NodeNames.MAPS)
                        .run()) {
            return new Explained(info, Values.of(result.get(0)), Values.of(result.get(1)));
        }
    }

    /** The same pictures in either order. */
    private static TFloat32 images(boolean first) {
        int pixels = RandomNet.HEIGHT * RandomNet.WIDTH;
        float[] values = new float[IMAGES * pixels * RandomNet.CHANNELS];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            int image = i / RandomNet.CHANNELS / pixels;
            int pixel = i / RandomNet.CHANNELS % pixels;
            int channel = i % RandomNet.CHANNELS;
            int at = first ? (image * RandomNet.CHANNELS + channel) * pixels + pixel : i;
            values[at] = 2 * random.nextFloat() - 1;
        }
        Shape shape = first
                ? Shape.of(IMAGES, RandomNet.CHANNELS, RandomNet.HEIGHT, RandomNet.WIDTH)
                : Shape.of(IMAGES, RandomNet.HEIGHT, RandomNet.WIDTH, RandomNet.CHANNELS);
        return TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
    }

    private static float[] row(float[] values, int from, int size) {
        float[] row = new float[size];
        System.arraycopy(values, from, row, 0, size);
        return row;
    }

    /** The largest, as a share of the largest expected value. */
    private static double difference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double difference = 0;
        double peak = 0;
        for (int i = 0; i < expected.length; i++) {
            difference = Math.max(difference, Math.abs(actual[i] - expected[i]));
            peak = Math.max(peak, Math.abs(expected[i]));
        }
        assertThat(peak).isPositive();
        return difference / peak;
    }
}
