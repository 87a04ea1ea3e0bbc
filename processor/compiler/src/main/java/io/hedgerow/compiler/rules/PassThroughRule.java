package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.propagation.Conserves;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.Set;
import java.util.TreeSet;

/** Operations that leave relevance as it is: activations, bias, casts, rounding as if quantised, and arithmetic with a constant. */
public final class PassThroughRule implements Rule {
    private static final Set<String> OPERATIONS = Set.of(
            "Relu",
            "Relu6",
            "LeakyRelu",
            "Elu",
            "Selu",
            "Softplus",
            "Softsign",
            "Sigmoid",
            "Tanh",
            "BiasAdd",
            "BiasAddV1",
            "Identity",
            "IdentityN",
            "Snapshot",
            "StopGradient",
            "PreventGradient",
            "CheckNumerics",
            "Cast",
            "LRN",
            "FakeQuantWithMinMaxArgs",
            "FakeQuantWithMinMaxVars",
            "FakeQuantWithMinMaxVarsPerChannel",
            "QuantizeAndDequantizeV2",
            "QuantizeAndDequantizeV3",
            "QuantizeAndDequantizeV4");
    private static final Set<String> WITH_CONSTANT = Operations.with(Set.of("Maximum", "Minimum"), Operations.AFFINE);

    @Override
    public String family() {
        return "pass through";
    }

    @Override
    public String operations() {
        return String.join(", ", new TreeSet<>(OPERATIONS)) + "; with a constant: "
                + String.join(", ", new TreeSet<>(WITH_CONSTANT));
    }

    @Override
    public boolean handles(Node node, Network network) {
        return OPERATIONS.contains(node.operation())
                || (WITH_CONSTANT.contains(node.operation())
                        && network.signals(node).size() == 1);
    }

    @Override
    public Conserves conserves(Node node, Network network) {
        return Conserves.ALL;
    }

    @Override
    public void propagate(Node node, RuleContext e) {
        if (node.operation().equals("IdentityN")) {
            for (int i = 0; i < node.inputs().size(); i++) {
                TensorRef input = node.input(i);
                e.arrivals().at(new TensorRef(node.name(), i)).ifPresent(relevance -> e.send(input, relevance));
            }
        } else {
            e.send(e.network.signals(node).get(0), e.relevance(node));
        }
    }
}
