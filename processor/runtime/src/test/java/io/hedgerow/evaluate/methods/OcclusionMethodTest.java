package io.hedgerow.evaluate.methods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.hedgerow.attribution.MapTransform;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ForwardPass;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.evaluate.perturbation.CompiledClassifier;
import io.hedgerow.evaluate.perturbation.Covers;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.perturbation.Subject;
import io.hedgerow.npy.Npy;
import io.hedgerow.npy.NpyArray;
import io.hedgerow.preprocess.Preprocessing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.SessionFunction;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;

class OcclusionMethodTest {
    private static final Path MODELS = Path.of("../compiler/src/test/resources/fixtures/models");
    private static final int CELLS = 14;
    private static final int INDEX = 3;

    @TempDir
    private Path folder;

    /** Against the model as it was saved, one picture at a time, each covered pixel by pixel. */
    @ParameterizedTest
    @ValueSource(strings = {"vgg", "alexnet", "inception", "densenet"})
    void shouldBeWhatTheModelItselfLosesByEachCell(String name) throws Exception {
        TensorFlowRuntime.start();
        Path model = MODELS.resolve(name).resolve("saved_model");
        NpyArray input = Npy.read(MODELS.resolve(name).resolve("input.npy"));
        TensorSpec spec = new TensorSpec(input.shape()[1], input.shape()[2], input.shape()[3], ElementType.FLOAT32);
        float[] picture = new float[spec.elements()];
        input.data().asFloatBuffer().get(picture);

        SignedMap map = occluded(model, spec, picture);

        assertThat(List.of(map.height(), map.width())).containsOnly(CELLS);
        double most = 0;
        for (int cell = 0; cell < CELLS * CELLS; cell++) {
            most = Math.max(most, Math.abs(map.get(cell / CELLS, cell % CELLS)));
        }
        assertThat(most).isPositive();
        try (SavedModelBundle saved = SavedModelBundle.load(model.toString(), "serve")) {
            SessionFunction function = saved.function("serving_default");
            float whole = score(function, spec, picture);
            for (int cell = 0; cell < CELLS * CELLS; cell++) {
                float left = score(function, spec, without(picture, spec, cell / CELLS, cell % CELLS));
                assertThat((double) map.get(cell / CELLS, cell % CELLS))
                        .as("cell %d", cell)
                        .isCloseTo(whole - left, within(1e-4 * most));
            }
        }
    }

    private SignedMap occluded(Path model, TensorSpec spec, float[] picture) throws Exception {
        Path compiled = folder.resolve("compiled");
        new Compiler().compile(model, CompileOptions.DEFAULT, compiled);
        ByteBuffer data = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        data.asFloatBuffer().put(FloatBuffer.wrap(picture));
        ImageTensor tensor = new ImageTensor(data, spec, MapTransform.IDENTITY);
        try (ForwardPass pass = ForwardPass.load(compiled, spec, TensorFlowDevice.CPU)) {
            Forwards forwards =
                    new Forwards(new CompiledClassifier(pass), new Covers(spec, Preprocessing.defaults()), 16);
            int[] classes = {0, INDEX};
            Subject subject = new Subject(
                    "picture", tensor, forwards.predict(List.of(tensor)).get(0), classes, 1);
            return new OcclusionMethod(forwards)
                    .explain(List.of(subject))
                    .get(0)
                    .maps()
                    .get(1);
        }
    }

    /** The picture with the pixels of one of 14 x 14 cells, as equal as whole pixels allow, in its mean colour. */
    private static float[] without(float[] picture, TensorSpec spec, int row, int column) {
        float[] covered = picture.clone();
        for (int channel = 0; channel < spec.channels(); channel++) {
            double sum = 0;
            for (int i = channel; i < picture.length; i += spec.channels()) {
                sum += picture[i];
            }
            float mean = (float) (sum / (spec.height() * spec.width()));
            for (int y = 0; y < spec.height(); y++) {
                for (int x = 0; x < spec.width(); x++) {
                    if (lies(y, spec.height(), row) && lies(x, spec.width(), column)) {
                        covered[(y * spec.width() + x) * spec.channels() + channel] = mean;
                    }
                }
            }
        }
        return covered;
    }

    private static boolean lies(int pixel, int pixels, int cell) {
        return pixel >= Math.floor((double) cell * pixels / CELLS)
                && pixel < Math.floor((double) (cell + 1) * pixels / CELLS);
    }

    private static float score(SessionFunction function, TensorSpec spec, float[] picture) {
        String key = function.signature().inputNames().iterator().next();
        try (TFloat32 fed = TFloat32.tensorOf(
                        Shape.of(1, spec.height(), spec.width(), spec.channels()), DataBuffers.of(picture));
                Result result = function.call(Map.of(key, fed))) {
            return ((TFloat32) result.get(0)).getFloat(0, INDEX);
        }
    }
}
