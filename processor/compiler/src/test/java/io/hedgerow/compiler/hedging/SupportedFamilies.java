package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.Map;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** The families of gradient hedging, which are the same whatever the network. */
public final class SupportedFamilies {
    private SupportedFamilies() {}

    /** Family by family the operations. */
    public static Map<String, String> table() {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            tf.withName("images").placeholder(TFloat32.class);
            Network network = new Network(graph.toGraphDef(), "images");
            Operand<TInt32> one = tf.constant(new int[] {1});
            RuleContext e = new RuleContext(graph, tf, network, one, one);
            return new HedgingComposite(
                            network,
                            new HedgingContext(
                                    e, LinearTensors.none(network), tf.constant(new float[] {2}), Precision.FLOAT32))
                    .supported();
        }
    }
}
