package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;
import io.hedgerow.compiler.network.TensorRef;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What is true of a tensor by the node that makes it, asked of each node once; it may be asked of the node's inputs in turn. */
final class Derived {
    private final Network network;
    private final Predicate<Node> rule;
    private final Map<TensorRef, Boolean> known = new HashMap<>();

    Derived(Network network, Predicate<Node> rule) {
        this.network = network;
        this.rule = rule;
    }

    boolean isTrueOf(TensorRef tensor) {
        Boolean answer = known.get(tensor);
        if (answer == null) {
            answer = rule.test(network.producer(tensor));
            known.put(tensor, answer);
        }
        return answer;
    }
}
