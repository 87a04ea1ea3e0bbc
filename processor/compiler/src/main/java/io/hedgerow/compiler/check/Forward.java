package io.hedgerow.compiler.check;

import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.graph.Weights;
import io.hedgerow.compiler.method.NodeNames;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;

/**
 * The explanation's classifier without what explains: from images to scores, predictions and some tensors on the way. Always
 * the same ones, for with each set of them TensorFlow prepares the graph anew; and a session of its own, so that its weights
 * are gone before explaining takes room.
 */
final class Forward implements AutoCloseable {
    static final Set<String> SCORES = Set.of(NodeNames.SCORES, NodeNames.PREDICTIONS);

    private final Floats graph;
    private final String input;
    private final Set<String> fetched;

    /**
     * Holds the weights until it is closed.
     *
     * @param weights that its placeholders stand for
     * @param input takes the images
     * @param scores nodes of them
     * @param tensors on the way to them
     */
    Forward(Graph graph, Weights weights, String input, Set<String> scores, Collection<TensorRef> tensors) {
        this.graph = new Floats(graph, weights);
        this.input = input;
        this.fetched = new HashSet<>(scores);
        tensors.forEach(tensor -> fetched.add(name(tensor)));
    }

    /** What came of images, which are closed. */
    Map<String, float[]> run(Tensor images) {
        try (images) {
            return graph.run(Map.of(input, images), fetched);
        }
    }

    /** The shape that a tensor had last. */
    Shape shape(TensorRef tensor) {
        return graph.shape(name(tensor));
    }

    /** What a tensor is called among what came of images. */
    static String name(TensorRef tensor) {
        return tensor.node() + ":" + tensor.index();
    }

    @Override
    public void close() {
        graph.close();
    }
}
