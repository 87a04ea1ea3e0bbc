package io.hedgerow.preprocess;

import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.ChannelAxis;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.GraphFolder;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.image.pixels.DecodedImage;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;

/**
 * A classifier that looks for bright things in one or several views of its picture, by one convolution for all of them: its
 * class 1 is the brightness found. Pixels are 0 to 255, and what is brighter than half of that counts.
 */
public final class PlacedModel implements AutoCloseable {
    public static final int HEIGHT = 64;
    public static final int WIDTH = 96;
    private static final int CHANNELS = 3;

    private final Path compiled;
    private final ExplanationInfo info;
    private final CompiledModel model;
    private final TensorSpec spec;

    /** What a view makes of the pictures N × H × W × 3: channels last, too. */
    public interface View extends BiFunction<Ops, Operand<TFloat32>, Operand<TFloat32>> {}

    private PlacedModel(Path compiled, ExplanationInfo info, TensorSpec spec) throws IOException {
        this.compiled = compiled;
        this.info = info;
        this.spec = spec;
        this.model = CompiledModel.load(compiled, spec, TensorFlowDevice.CPU);
    }

    /** Of pictures of 96 × 64. */
    public static PlacedModel of(Path folder, View... views) throws IOException {
        return of(folder, Shape.of(-1, HEIGHT, WIDTH, CHANNELS), views);
    }

    public static PlacedModel of(Path folder, Shape input, View... views) throws IOException {
        TensorFlowRuntime.start();
        Path compiled = folder.resolve("compiled");
        ExplanationInfo info =
                new Compiler().compile(write(folder.resolve("model"), input, views), CompileOptions.DEFAULT, compiled);
        boolean first = info.input().channelsFirst();
        return new PlacedModel(
                compiled,
                info,
                new TensorSpec(
                        HEIGHT, WIDTH, CHANNELS, ElementType.FLOAT32, first ? ChannelAxis.FIRST : ChannelAxis.LAST));
    }

    /** The same for pictures of another size, where it takes any. */
    public PlacedModel at(int height, int width) throws IOException {
        return new PlacedModel(
                compiled, info, new TensorSpec(height, width, CHANNELS, ElementType.FLOAT32, spec.axis()));
    }

    public ExplanationInfo info() {
        return info;
    }

    /** A grey picture of the model's size with a white blob. */
    public DecodedImage picture(int x, int y, int size) {
        BufferedImage picture = new BufferedImage(spec.width(), spec.height(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(new Color(60, 60, 60));
        g.fillRect(0, 0, spec.width(), spec.height());
        g.setColor(Color.WHITE);
        g.fillRect(x, y, size, size);
        g.dispose();
        return DecodedImage.of(picture);
    }

    /** The map of class 1 on a picture. */
    public SignedMap map(DecodedImage picture) throws Exception {
        ImageTensor tensor = Preprocessing.defaults().apply(picture, ModelInput.of(info, spec.shape()));
        Attribution attribution = model.apply(
                        List.of(new AttributionRequest(tensor, new int[] {1}, Map.of("ratio", 1f))))
                .get(0);
        return attribution.map(0, tensor.toImage());
    }

    @Override
    public void close() {
        model.close();
    }

    /** A model that takes such pictures, as it is saved. */
    public static Path write(Path folder, Shape input, View... views) throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images = tf.withName("images").placeholder(TFloat32.class, Placeholder.shape(input));
            float[] kernel = new float[3 * 3 * CHANNELS * 2];
            Arrays.fill(kernel, 1f / (9 * CHANNELS * 255));
            List<Operand<TFloat32>> features = new ArrayList<>();
            for (View view : views) {
                Operand<TFloat32> found = tf.nn.conv2d(
                        view.apply(tf, images),
                        tf.constant(Shape.of(3, 3, CHANNELS, 2), DataBuffers.of(kernel)),
                        List.of(1L, 1L, 1L, 1L),
                        "SAME");
                Operand<TFloat32> bright = tf.nn.relu(tf.math.sub(found, tf.constant(0.5f)));
                features.add(views.length == 1 ? bright : pooled(tf, bright));
            }
            Operand<TFloat32> joined = tf.math.mean(
                    views.length == 1 ? features.get(0) : joined(tf, features), tf.constant(new int[] {1, 2}));
            float[][] weights = new float[2 * views.length][2];
            Arrays.stream(weights).forEach(row -> row[1] = 1);
            tf.withName("scores").linalg.matMul(joined, tf.constant(weights));
            return GraphFolder.write(
                    folder,
                    graph.toGraphDef(),
                    GraphFolder.floats(input.asArray()),
                    "scores",
                    GraphFolder.floats(-1, 2));
        }
    }

    /** By a further layer, so that one feature map depends on all. */
    private static Operand<TFloat32> joined(Ops tf, List<Operand<TFloat32>> features) {
        int channels = 2 * features.size();
        float[] identity = new float[channels * channels];
        for (int i = 0; i < channels; i++) {
            identity[i * channels + i] = 1;
        }
        return tf.nn.relu(tf.nn.conv2d(
                tf.concat(features, tf.constant(3)),
                tf.constant(Shape.of(1, 1, channels, channels), DataBuffers.of(identity)),
                List.of(1L, 1L, 1L, 1L),
                "VALID"));
    }

    /** As one position, so that views of different sizes can be joined. */
    private static Operand<TFloat32> pooled(Ops tf, Operand<TFloat32> features) {
        Shape shape = features.asOutput().shape();
        List<Long> whole = List.of(1L, shape.get(1), shape.get(2), 1L);
        return tf.nn.avgPool(features, whole, whole, "VALID");
    }
}
