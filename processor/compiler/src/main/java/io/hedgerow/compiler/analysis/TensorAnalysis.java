package io.hedgerow.compiler.analysis;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What is true of a tensor by the node that makes it, asked of each node once; it may be asked of the node's inputs in turn. */
public final class TensorAnalysis {
    private final Network network;
    private final Predicate<Node> rule;
    private final Map<TensorRef, Boolean> known = new HashMap<>();

    public TensorAnalysis(Network network, Predicate<Node> rule) {
        this.network = network;
        this.rule = rule;
    }

    public boolean isTrueOf(TensorRef tensor) {
        Boolean answer = known.get(tensor);
        if (answer == null) {
            answer = rule.test(network.producer(tensor));
            known.put(tensor, answer);
        }
        return answer;
    }
}
