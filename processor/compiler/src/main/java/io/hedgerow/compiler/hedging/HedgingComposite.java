package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.propagation.Composite;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.rules.ActivationRule;
import io.hedgerow.compiler.rules.ConcatRule;
import io.hedgerow.compiler.rules.CopyRule;
import io.hedgerow.compiler.rules.GateRule;
import io.hedgerow.compiler.rules.InputLayerRule;
import io.hedgerow.compiler.rules.InterpolationRule;
import io.hedgerow.compiler.rules.NormalisationRule;
import io.hedgerow.compiler.rules.PassThroughRule;
import io.hedgerow.compiler.rules.PoolingRule;
import io.hedgerow.compiler.rules.ReindexRule;
import io.hedgerow.compiler.rules.SliceRule;
import io.hedgerow.compiler.rules.WinnerRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every rule there is; of several that handle a node the first counts. */
public final class HedgingComposite implements Composite {
    private final Network network;
    private final HedgingContext hedging;
    private final List<Rule> rules;

    /** The rules of one network's graph. */
    public HedgingComposite(Network network, HedgingContext hedging) {
        this.network = network;
        this.hedging = hedging;
        this.rules = List.of(
                new InputLayerRule(),
                new ConvolutionRule(hedging),
                new BatchNormRule(hedging),
                new PassThroughRule(),
                new ActivationRule(),
                new PoolingRule(),
                new ConcatRule(hedging::whereNotZero),
                new NormalisationRule(),
                new ResidualRule(hedging.linear),
                new GateRule(),
                new SliceRule(),
                new WinnerRule(),
                new InterpolationRule(),
                new CopyRule(),
                new ReindexRule());
    }

    /** Family by family the operations supported, for documentation and messages. */
    public Map<String, String> supported() {
        Map<String, String> table = new LinkedHashMap<>();
        rules.forEach(rule -> table.put(rule.family(), rule.operations()));
        return table;
    }

    @Override
    public Rule rule(Node node) {
        return rules.stream()
                .filter(rule -> rule.handles(node, network))
                .findFirst()
                .orElseThrow(() -> new ModelRefusedException(
                        node
                                + " can't be explained: no rule carries relevance through it. If it belongs to the"
                                + " head, name a reference layer before it with --reference-layer; else save the model"
                                + " without it. --verbose lists what is supported",
                        "supported, family by family: " + supported()));
    }

    @Override
    public boolean keepsEvidence(Node layer) {
        return hedging.linear.isInBranch(layer);
    }
}
