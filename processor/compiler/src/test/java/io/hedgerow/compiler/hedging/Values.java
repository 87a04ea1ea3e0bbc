package io.hedgerow.compiler.hedging;

import java.util.Map;
import java.util.Random;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.ndarray.buffer.FloatDataBuffer;
import org.tensorflow.types.TFloat32;

/** What goes into tensors of a graph, and what comes out. */
public final class Values {
    private Values() {}

    /** From 0.5 to 1, of one size always the same. */
    public static FloatDataBuffer random(long size) {
        Random random = new Random(size);
        float[] values = new float[Math.toIntExact(size)];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.5f + random.nextFloat() / 2;
        }
        return DataBuffers.of(values);
    }

    public static float[] of(Graph graph, Operand<TFloat32> tensor) {
        return of(graph, tensor, Map.of());
    }

    /** In row-major order. */
    public static float[] of(Graph graph, Operand<TFloat32> tensor, Map<String, Tensor> fed) {
        try (Session session = new Session(graph)) {
            Session.Runner runner = session.runner().fetch(tensor);
            fed.forEach(runner::feed);
            try (Tensor result = runner.run().get(0)) {
                return of(result);
            }
        }
    }

    /** In row-major order. */
    public static float[] of(Tensor tensor) {
        float[] values = new float[Math.toIntExact(tensor.shape().size())];
        tensor.asRawTensor().data().asFloats().read(values);
        return values;
    }
}
