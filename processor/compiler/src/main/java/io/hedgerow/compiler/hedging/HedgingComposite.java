package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.method.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Every rule there is; of several that handle a node the first counts. */
public final class HedgingComposite {
    private static final List<Rule> ALL = List.of(
            new InputLayerRule(),
            new ConvolutionRule(),
            new BatchNormRule(),
            new PassThroughRule(),
            new ActivationRule(),
            new PoolingRule(),
            new ConcatRule(),
            new NormalisationRule(),
            new ResidualRule(),
            new GateRule(),
            new SliceRule(),
            new WinnerRule(),
            new InterpolationRule(),
            new CopyRule(),
            new ReindexRule());

    private HedgingComposite() {}

    /** Family by family the operations supported, for documentation and messages. */
    public static Map<String, String> supported() {
        Map<String, String> table = new LinkedHashMap<>();
        ALL.forEach(rule -> table.put(rule.family(), rule.operations()));
        return table;
    }

    public static Rule of(Node node, Network network) {
        return ALL.stream()
                .filter(rule -> rule.handles(node, network))
                .findFirst()
                .orElseThrow(() -> new ModelRefusedException(
                        node
                                + " can't be explained: no rule carries relevance through it. If it belongs to the"
                                + " head, name a reference layer before it with --reference-layer; else save the model"
                                + " without it. --verbose lists what is supported",
                        "supported, family by family: " + supported()));
    }
}
