package io.hedgerow.compiler.check;

import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.Check;
import io.hedgerow.compiler.method.CheckResult;
import io.hedgerow.compiler.method.CheckRun;
import io.hedgerow.compiler.method.NodeNames;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The gradient of the explained scores at what the first layers take against finite differences, class by class. */
public final class InputGradientCheck implements Check {
    /** Of the slope: a whole network bends more often on the way than its head. */
    private static final double TOLERANCE = 0.1;

    private final List<Input> inputs;

    /**
     * A check of a network.
     *
     * @param inputs what the first layers take
     */
    public InputGradientCheck(List<Input> inputs) {
        this.inputs = List.copyOf(inputs);
    }

    /**
     * What a first layer takes.
     *
     * @param tensor of the classifier
     * @param values the node that has the same
     * @param gradient the node that has the gradient there
     */
    public record Input(TensorRef tensor, String values, String gradient) {}

    @Override
    public Set<String> tensors() {
        Set<String> tensors = new LinkedHashSet<>(List.of(NodeNames.EXPLAINED));
        inputs.forEach(input -> tensors.addAll(List.of(input.values(), input.gradient())));
        return tensors;
    }

    @Override
    public CheckResult run(CheckRun run) {
        GradientCheck check = new GradientCheck(run, TOLERANCE, "at what the first layers take");
        int images = Math.toIntExact(run.shape(inputs.get(0).values()).get(0));
        int classes = run.values(NodeNames.EXPLAINED).length / images;
        double worst = 0;
        for (int k = 0; k < classes; k++) {
            int first = k * images;
            worst = Math.max(
                    worst,
                    check.run(inputs.stream()
                            .map(input -> layer(input, first, run))
                            .toList()));
        }
        return new CheckResult(worst, 0, 0);
    }

    private static GradientCheck.Layer layer(Input input, int first, CheckRun run) {
        String name = input.tensor().node() + ":" + input.tensor().index();
        return GradientCheck.Layer.of(name, input.values(), input.gradient(), first, run);
    }
}
