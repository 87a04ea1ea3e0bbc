package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.analysis.LearnedKernel;
import io.hedgerow.compiler.analysis.TensorAnalysis;
import io.hedgerow.compiler.graph.Constant;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which tensors have no entry that is exactly 0, whatever the image, unless by accident of rounding: such accidents come
 * once in some ten million entries, and where they come depends on the order in which a library adds.
 */
public final class ZeroAnalysis {
    private final Network network;
    private final TensorAnalysis derived;

    public ZeroAnalysis(Network network) {
        this.network = network;
        this.derived = new TensorAnalysis(network, this::derive);
    }

    public boolean hasNone(TensorRef tensor) {
        return derived.isTrueOf(tensor);
    }

    private boolean derive(Node node) {
        if (Operations.isNormalisation(node)) {
            return Operations.isByStoredStatistics(node) && isOffsetEverywhere(node);
        }
        return switch (node.operation()) {
            case "Identity" -> hasNone(node.input(0));
            case "BiasAdd" ->
                network.constant(node.input(1))
                                .filter(bias -> areOffsets(bias.values()))
                                .isPresent()
                        && Operations.isConvolution(network.producer(node.input(0)));
            case "Add", "AddV2" ->
                isOfNormalised(node) && network.signals(node).stream().allMatch(this::hasNone);
            case "Conv2D", "DepthwiseConv2dNative" -> convolved(node);
            default -> false;
        };
    }

    /** Whether two different signals are added, one fresh from a normalisation of its own: they don't cancel. */
    private boolean isOfNormalised(Node node) {
        List<TensorRef> signals = network.signals(node);
        return signals.size() == 2
                && !signals.get(0).equals(signals.get(1))
                && signals.stream().map(network::producer).anyMatch(Operations::isNormalisation);
    }

    private boolean convolved(Node node) {
        boolean reachesInput = Set.of("SAME", "VALID").contains(node.text("padding", "VALID"))
                && node.numbers("dilations").stream().allMatch(d -> d == 1);
        if (!reachesInput || !hasNone(node.input(0))) {
            return false;
        }
        return network.constant(node.input(1))
                .map(kernel -> new LearnedKernel(kernel, node.operation().equals("DepthwiseConv2dNative")))
                // channels that have nothing in common don't cancel, places of one channel can
                .filter(kernel -> kernel.weighsEverywhere() && (kernel.isOneTap() || kernel.isLearned()))
                .isPresent();
    }

    /** Whether a normalisation makes something else than 0 of 0, in every channel something of its own. */
    private boolean isOffsetEverywhere(Node node) {
        List<Optional<Constant>> constants =
                node.inputs().stream().skip(1).limit(4).map(network::constant).toList();
        if (constants.size() < 4 || constants.stream().anyMatch(Optional::isEmpty)) {
            return false;
        }
        float[] scale = constants.get(0).get().values();
        float[] mean = constants.get(2).get().values();
        float[] variance = constants.get(3).get().values();
        float[] offset = constants.get(1).get().values().clone();
        float epsilon = node.real("epsilon", 1e-4f);
        for (int i = 0; i < offset.length; i++) {
            offset[i] -= (float) (scale[i] * mean[i] / Math.sqrt(variance[i] + epsilon));
        }
        return areOffsets(offset);
    }

    private static boolean areOffsets(float[] numbers) {
        for (float number : numbers) {
            if (number == 0) {
                return false;
            }
        }
        return LearnedKernel.areLearned(numbers);
    }
}
