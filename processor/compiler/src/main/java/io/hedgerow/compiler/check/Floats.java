package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Weights;
import io.hedgerow.engine.TensorFlowFailure;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.GraphOptions;
import org.tensorflow.proto.OptimizerOptions;
import org.tensorflow.proto.RewriterConfig;
import org.tensorflow.types.TFloat32;

/**
 * Runs a graph for tensors of floats, and copies them. TensorFlow's optimisers are off: for one run they take longer than
 * they save, and keep copies of what follows from the weights.
 */
final class Floats implements AutoCloseable {
    private static final ConfigProto AS_WRITTEN = ConfigProto.newBuilder()
            .setGraphOptions(GraphOptions.newBuilder()
                    .setOptimizerOptions(OptimizerOptions.newBuilder().setOptLevel(OptimizerOptions.Level.L0))
                    .setRewriteOptions(RewriterConfig.newBuilder().setDisableMetaOptimizer(true))
                    .setPlacePrunedGraph(true))
            .build();

    /** Where TensorFlow names a node that is none of the model's. */
    private static final Pattern OWN = Pattern.compile("\\s*\\[\\[\\{*node hedgerow[^\\]]*]]|\\s*hedgerow[_/][\\w/]*");

    private final Session session;
    private final Map<String, Tensor> weights = new HashMap<>();
    private final Map<String, Shape> shapes = new HashMap<>();

    /**
     * Opens a session.
     *
     * @param weights that placeholders of the graph stand for
     */
    Floats(Graph graph, Weights weights) {
        this.session = new Session(graph, AS_WRITTEN);
        weights.names().stream()
                .filter(name -> graph.operation(name) != null)
                .forEach(name -> this.weights.put(name, weights.tensor(name)));
    }

    /**
     * The values of tensors.
     *
     * @param fed by tensor
     * @param fetched tensors, as {@code node:port}
     * @throws ModelRefusedException if TensorFlow can't compute them
     */
    Map<String, float[]> run(Map<String, Tensor> fed, Set<String> fetched) {
        try {
            return TensorFlowFailure.in(() -> values(fed, fetched));
        } catch (TensorFlowFailure e) {
            throw new ModelRefusedException(
                    "the model does not run on a random image: "
                            + OWN.matcher(String.valueOf(e.getMessage())).replaceAll(""),
                    e);
        }
    }

    private Map<String, float[]> values(Map<String, Tensor> fed, Set<String> fetched) {
        Session.Runner runner = session.runner();
        fed.forEach(runner::feed);
        weights.forEach(runner::feed);
        fetched.forEach(runner::fetch);
        Map<String, float[]> values = new HashMap<>();
        try (Result result = runner.run()) {
            int next = 0;
            for (String name : fetched) {
                Tensor found = result.get(next++);
                if (!(found instanceof TFloat32 tensor)) {
                    throw new ModelRefusedException(
                            "%s holds %s, and no float32 numbers".formatted(name, found.dataType()));
                }
                float[] copy = new float[Math.toIntExact(tensor.size())];
                tensor.copyTo(DataBuffers.of(copy, false, false));
                values.put(name, copy);
                shapes.put(name, tensor.shape());
            }
            return values;
        }
    }

    /** The shape of a tensor that was fetched. */
    Shape shape(String tensor) {
        Shape shape = shapes.get(tensor);
        if (shape == null) {
            throw new IllegalStateException(tensor + " was not fetched");
        }
        return shape;
    }

    @Override
    public void close() {
        session.close();
        weights.values().forEach(Tensor::close);
    }
}
