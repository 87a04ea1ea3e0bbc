package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ImageParameter;
import io.hedgerow.compiler.check.HeadGradientCheck;
import io.hedgerow.compiler.check.RelevanceCheck;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.Method;
import io.hedgerow.compiler.method.MethodContext;
import io.hedgerow.compiler.method.MethodResult;
import io.hedgerow.compiler.propagation.ClassLoopRegions;
import io.hedgerow.compiler.propagation.Composite;
import io.hedgerow.compiler.propagation.Conservation;
import io.hedgerow.compiler.propagation.Propagation;
import io.hedgerow.compiler.propagation.RuleContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Gradient hedging (Nam &amp; Lee, arXiv 2205.11109). */
public final class GradientHedging implements Method {
    private static final ImageParameter RATIO = new ImageParameter("ratio", 1, 2, 2);

    private final BiFunction<Network, HedgingContext, Composite> rules;
    private final BiFunction<Network, Head, LinearTensors> linear;

    /** The method as it is. */
    public GradientHedging() {
        this(HedgingComposite::new, LinearTensors::new);
    }

    /** With rules of one's own, and another view of which tensors are linear. */
    public GradientHedging(
            BiFunction<Network, HedgingContext, Composite> rules, BiFunction<Network, Head, LinearTensors> linear) {
        this.rules = rules;
        this.linear = linear;
    }

    @Override
    public String name() {
        return "gradient-hedging";
    }

    @Override
    public String version() {
        return "2";
    }

    @Override
    public List<ImageParameter> imageParameters() {
        return List.of(RATIO);
    }

    @Override
    public MethodResult write(MethodContext context) {
        Network network = context.network;
        Head head = context.head;
        LinearTensors tensors = linear.apply(network, head);
        Ops tf = context.tf();
        RuleContext rows = context.rules(tf);
        HedgingContext hedging =
                new HedgingContext(rows, tensors, context.imageParameter(RATIO.name()), context.precision);
        ClassLoopRegions regions = new ClassLoopRegions(network);
        Conservation conservation = new Conservation(context.checks());
        Propagation propagation = new Propagation(network, rules.apply(network, hedging), conservation, regions);

        List<Propagation.Maps> maps = propagation.write(starts(context, tf), context.places(), rows);
        return new MethodResult(
                maps.stream()
                        .map(map -> new MethodResult.Map2D(map.maps(), map.input()))
                        .toList(),
                List.of(
                        new RelevanceCheck(conservation.invariants(), context.precision),
                        new StartCheck(network, head),
                        new HeadGradientCheck(head)),
                propagation.families(),
                new ExplanationInfo.Linear(tensors.convolutions(), tensors.sums()),
                regions.found());
    }

    private static Map<TensorRef, Operand<TFloat32>> starts(MethodContext context, Ops tf) {
        Network network = context.network;
        List<TensorRef> features = context.head.features();
        List<Operand<TFloat32>> activations = new ArrayList<>();
        List<Operand<TFloat32>> gradients = new ArrayList<>();
        List<int[]> space = new ArrayList<>();
        for (int i = 0; i < features.size(); i++) {
            activations.add(context.reference(i));
            gradients.add(context.gradient(i));
            space.add(network.layout(features.get(i)).space().stream()
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        Map<TensorRef, Operand<TFloat32>> starts = new LinkedHashMap<>();
        for (Operand<TFloat32> relevance : new Start(tf).of(activations, gradients, space)) {
            starts.put(features.get(starts.size()), context.named(Start.name(starts.size()), relevance));
        }
        return starts;
    }
}
