package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.flat.ConstantLimits;
import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import io.hedgerow.compiler.frontend.flat.Skeleton;
import java.util.List;

/**
 * The passes over a model's graph, in their order. After each that changed something TensorFlow takes the graph anew, which
 * finds what is wrong with it and infers the shapes for the next.
 */
public final class GraphPasses {
    // RATIONALE: Why are shapes inferred anew after each pass?
    /** What CPUs compute, of images with four axes. */
    private static final List<GraphPass> COMPUTABLE =
            List.of(new ReservedNames(), new FullPrecision(), new ChannelsLast(), new FlatPictures());

    /** What rules and checks are written for. */
    private static final List<GraphPass> EXPLAINABLE = List.of(
            new InertRandomness(),
            new ConstantFolder(),
            new SelectFolder(),
            new ShapeFolder(),
            new ConstantFolder(),
            new PaddingsLast(),
            new ConstantFolder(),
            new FreeBatch(),
            new PictureReshapes(),
            new PositionwiseProducts(),
            new GroupedConvolutions());

    private GraphPasses() {}

    /**
     * Rewrites a model's graph into one that is computed here in the model's own steps.
     *
     * @throws ModelRefusedException if it can't be, or its weights take too much; names the pass that says so
     */
    public static FlatGraph computable(FlatGraph graph) {
        return rewritten(graph, COMPUTABLE);
    }

    /**
     * Rewrites such a graph into one that can be explained.
     *
     * @throws ModelRefusedException if it can't be; names the pass that says so
     */
    public static FlatGraph explainable(FlatGraph graph) {
        return rewritten(graph, EXPLAINABLE);
    }

    static FlatGraph rewritten(FlatGraph graph, List<GraphPass> passes) {
        ConstantLimits.checkTotal(graph.nodes().values());
        FlatGraph current = graph;
        Evaluator shapes = shapes(graph);
        try {
            for (GraphPass pass : passes) {
                try {
                    FlatGraph next = pass.apply(current, shapes);
                    if (!next.equals(current)) {
                        current = next;
                        ConstantLimits.checkTotal(current.nodes().values());
                        shapes.close();
                        shapes = shapes(current);
                    }
                } catch (ModelRefusedException e) {
                    throw e.in("pass '%s'".formatted(pass.name()));
                }
            }
        } finally {
            shapes.close();
        }
        return current;
    }

    private static Evaluator shapes(FlatGraph graph) {
        return new Evaluator(Skeleton.of(graph).graph());
    }
}
