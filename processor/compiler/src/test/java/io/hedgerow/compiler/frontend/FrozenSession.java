package io.hedgerow.compiler.frontend;

import io.hedgerow.npy.NpyArray;
import java.util.Arrays;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TUint8;

/** Runs a frozen graph as it is: TensorFlow's optimiser may change a normalisation's ε, which is kept from where it is written. */
public final class FrozenSession implements AutoCloseable {
    private static final ConfigProto AS_WRITTEN = ConfigProto.newBuilder()
            .setGraphOptions(GraphOptions.newBuilder()
                    .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true)))
            .build();

    private final Graph graph = new Graph();
    private final Session session;

    FrozenSession(GraphDef proto) {
        graph.importGraphDef(proto);
        session = new Session(graph, AS_WRITTEN);
    }

    public static float[] run(FrozenModel model, NpyArray input) {
        try (FrozenSession session = new FrozenSession(model.graph())) {
            return session.run(model.inputName(), model.inputType(), input, model.outputTensor());
        }
    }

    public float[] run(String input, DataType type, NpyArray array, String output) {
        Shape shape = Shape.of(Arrays.stream(array.shape()).asLongStream().toArray());
        try (Tensor images = tensor(type, shape, array);
                Result result =
                        session.runner().feed(input, images).fetch(output).run();
                TFloat32 scores = (TFloat32) result.get(0)) {
            float[] values = new float[(int) scores.size()];
            scores.asRawTensor().data().asFloats().read(values);
            return values;
        }
    }

    private static Tensor tensor(DataType type, Shape shape, NpyArray array) {
        float[] values = array.toFloats();
        if (type == DataType.DT_UINT8) {
            byte[] bytes = new byte[values.length];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (int) values[i];
            }
            return TUint8.tensorOf(shape, DataBuffers.of(bytes));
        }
        return TFloat32.tensorOf(shape, DataBuffers.of(values));
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
