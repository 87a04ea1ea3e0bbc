package io.hedgerow.planted;

import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.GraphFolder;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Graph;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/** A design's model: it runs, and can be saved. */
final class Classifier implements AutoCloseable {
    /** Without fusion, which TensorFlow has not for convolutions in groups, but tries. */
    private static final ConfigProto CONFIGURATION = ConfigProto.newBuilder()
            .setGraphOptions(GraphOptions.newBuilder()
                    .setRewriteOptions(RewriterConfig.newBuilder().setRemapping(RewriterConfig.Toggle.OFF)))
            .build();

    private final Design design;
    private final Graph graph = new Graph();
    private final ClassifierGraph built;
    private final Session session;

    /**
     * Makes the model.
     *
     * @param gains of each member, how much its patch counts
     * @param biases of each group of logits, what the target's begins at
     */
    Classifier(Design design, double[] gains, double[] biases) {
        this.design = design;
        this.built = new ClassifierGraph(Ops.create(graph), design, gains, biases);
        this.session = new Session(graph, CONFIGURATION);
    }

    /** Of the logits of one member. */
    int group(int member) {
        return built.groups() == 1 ? 0 : member;
    }

    int groups() {
        return built.groups();
    }

    /** Cells of the first feature map, where it is finest, for each pixel of the model's input. */
    double enlargement() {
        return built.enlargement();
    }

    /** For each of the images, with channels last, the logit of the target in each group. */
    float[][] evidence(List<ByteBuffer> images) {
        return run(images, "evidence", built.groups());
    }

    /** For each of the images, with channels last, what the model says. */
    float[][] outputs(List<ByteBuffer> images) {
        return run(images, "scores", design.outputs());
    }

    private float[][] run(List<ByteBuffer> images, String node, int columns) {
        try (Tensor fed = tensor(images);
                var result = session.runner().feed("images", fed).fetch(node).run()) {
            float[] values = new float[images.size() * columns];
            ((TFloat32) result.get(0)).copyTo(DataBuffers.of(values));
            float[][] rows = new float[images.size()][];
            for (int i = 0; i < rows.length; i++) {
                rows[i] = Arrays.copyOfRange(values, i * columns, (i + 1) * columns);
            }
            return rows;
        }
    }

    private Tensor tensor(List<ByteBuffer> images) {
        TensorSpec spec = design.input();
        ByteBuffer all = ByteBuffer.allocate(images.size() * spec.bytes()).order(ByteOrder.nativeOrder());
        images.forEach(image -> all.put(design.channelsFirst() ? transposed(image) : image.duplicate()));
        Class<? extends TType> type = spec.type() == ElementType.UINT8 ? TUint8.class : TFloat32.class;
        return Tensor.of(type, Shape.of(design.shape(images.size(), false)), DataBuffers.of(all.array()));
    }

    private ByteBuffer transposed(ByteBuffer image) {
        TensorSpec spec = design.input();
        ByteBuffer transposed = ByteBuffer.allocate(spec.bytes());
        int size = spec.type().bytes();
        for (int channel = 0; channel < 3; channel++) {
            for (int pixel = 0; pixel < spec.height() * spec.width(); pixel++) {
                for (int part = 0; part < size; part++) {
                    transposed.put(image.get((pixel * 3 + channel) * size + part));
                }
            }
        }
        return transposed.flip();
    }

    void write(Path folder) throws IOException {
        DataType type = design.input().type() == ElementType.UINT8 ? DataType.DT_UINT8 : DataType.DT_FLOAT;
        GraphFolder.write(
                folder,
                graph.toGraphDef(),
                GraphFolder.info(type, design.shape()),
                "scores",
                GraphFolder.floats(-1, design.outputs()));
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
