package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.propagation.Composite;
import io.hedgerow.compiler.propagation.Rule;
import java.util.function.BiFunction;

/** Gradient hedging with some of its rules put in place of others. */
public final class AlteredHedging {
    private AlteredHedging() {}

    /** The method with each rule changed. */
    public static Method with(BiFunction<Rule, HedgingContext, Rule> change) {
        return new GradientHedging(
                (network, hedging) -> {
                    Composite rules = new HedgingComposite(network, hedging);
                    return new Composite() {
                        @Override
                        public Rule rule(Node node) {
                            return change.apply(rules.rule(node), hedging);
                        }

                        @Override
                        public boolean keepsEvidence(Node layer) {
                            return rules.keepsEvidence(layer);
                        }
                    };
                },
                LinearTensors::new);
    }

    /** The method with convolutions by the equations alone. */
    public static Method naive(NaiveConvolution.Mistake mistake) {
        return with((rule, hedging) -> rule instanceof ConvolutionRule ? new NaiveConvolution(mistake, hedging) : rule);
    }
}
