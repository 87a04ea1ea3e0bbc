package io.hedgerow.compiler.lrp;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.check.HeadGradientCheck;
import io.hedgerow.compiler.check.RelevanceCheck;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import io.hedgerow.compiler.propagation.ClassLoopRegions;
import io.hedgerow.compiler.propagation.Conservation;
import io.hedgerow.compiler.propagation.Propagation;
import io.hedgerow.compiler.propagation.Rule;
import io.hedgerow.compiler.propagation.RuleContext;
import io.hedgerow.compiler.rules.InputLayerRule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * Layer-wise relevance propagation (Bach et al., PLOS ONE 2015) with the composite that became usual for images (Kohlbrenner
 * et al., arXiv 1910.09840): ε in the head, z⁺ at convolutions, and at the first layer the flat rule or that for bounded inputs.
 *
 * <p>With ε going to 0, the ε rule through layers with ReLU is the activation times the gradient: relevance starts with that of
 * the reference layer, entry by entry.
 */
public final class LayerwiseRelevance implements Method {
    // RATIONALE: Why does layer-wise relevance begin at the reference layer?
    private final String firstRule;
    private final Rule first;

    private LayerwiseRelevance(String firstRule, Rule first) {
        this.firstRule = firstRule;
        this.first = first;
    }

    /** Every pixel of what a first layer's output sees takes the same: it says where, and not which colours. */
    public static LayerwiseRelevance flat() {
        return new LayerwiseRelevance("flat", new FlatRule());
    }

    /** Pixels share by how far they are from the smallest and the largest value of the image. */
    public static LayerwiseRelevance box() {
        return new LayerwiseRelevance("box", new InputLayerRule());
    }

    @Override
    public String name() {
        return "lrp-epsilon-plus-" + firstRule;
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public MethodResult write(MethodContext context) {
        Ops tf = context.tf();
        RuleContext rows = context.rules(tf);
        Map<TensorRef, Operand<TFloat32>> starts = new LinkedHashMap<>();
        for (TensorRef features : context.head.features()) {
            int layer = starts.size();
            // 0 where the activation is, though a root may have no gradient there
            starts.put(features, tf.math.mulNoNan(context.gradient(layer), context.reference(layer)));
        }
        ClassLoopRegions regions = new ClassLoopRegions(context.network);
        Conservation conservation = new Conservation(context.checks());
        Propagation propagation =
                new Propagation(context.network, new PlusComposite(context.network, first), conservation, regions);
        List<MethodResult.Map2D> maps = propagation.write(starts, context.places(), rows).stream()
                .map(map -> new MethodResult.Map2D(map.maps(), map.input()))
                .toList();
        return new MethodResult(
                maps,
                List.of(
                        new RelevanceCheck(conservation.invariants(), context.precision),
                        new HeadGradientCheck(context.head)),
                propagation.families(),
                new ExplanationInfo.Linear(0, 0),
                regions.found());
    }
}
