package io.hedgerow.compiler.lrp;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.propagation.Composite;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.rules.ActivationRule;
import io.hedgerow.compiler.rules.ConcatRule;
import io.hedgerow.compiler.rules.CopyRule;
import io.hedgerow.compiler.rules.GateRule;
import io.hedgerow.compiler.rules.InterpolationRule;
import io.hedgerow.compiler.rules.NormalisationRule;
import io.hedgerow.compiler.rules.PassThroughRule;
import io.hedgerow.compiler.rules.PoolingRule;
import io.hedgerow.compiler.rules.ReindexRule;
import io.hedgerow.compiler.rules.SliceRule;
import io.hedgerow.compiler.rules.WinnerRule;
import java.util.List;

/** The rules of layer-wise relevance propagation; of several that handle a node the first counts. */
final class PlusComposite implements Composite {
    private final Network network;
    private final List<Rule> rules;

    /** @param first the rule of the first layers, which handles no others */
    PlusComposite(Network network, Rule first) {
        this.network = network;
        this.rules = List.of(
                first,
                new PositiveRule(),
                new StoredNormalisationRule(),
                new PassThroughRule(),
                new ActivationRule(),
                new PoolingRule(),
                new ConcatRule((relevance, part) -> relevance),
                new NormalisationRule(),
                new SumRule(),
                new GateRule(),
                new SliceRule(),
                new WinnerRule(),
                new InterpolationRule(),
                new CopyRule(),
                new ReindexRule());
    }

    @Override
    public Rule rule(Node node) {
        return rules.stream()
                .filter(rule -> rule.handles(node, network))
                .findFirst()
                .orElseThrow(() -> new ModelRefusedException(node
                        + " can't be explained by layer-wise relevance: no rule carries it through. If it belongs"
                        + " to the head, name a reference layer before it with --reference-layer; else choose"
                        + " another method"));
    }
}
