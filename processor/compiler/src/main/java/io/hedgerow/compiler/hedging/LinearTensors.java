package io.hedgerow.compiler.hedging;

import io.hedgerow.compiler.analysis.TensorAnalysis;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.ReferenceLayer;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.layer.Blocks;
import io.hedgerow.compiler.layer.Convolution;
import io.hedgerow.compiler.layer.ConvolutionLayers;
import io.hedgerow.compiler.rules.ActivationRule;
import io.hedgerow.compiler.rules.GateRule;
import io.hedgerow.compiler.rules.NormalisationRule;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which tensors come out of a convolution with no activation since, and which sums go into one, or into the head, with none in
 * between. The paper's networks have an activation after each convolution and each sum; those with linear bottlenecks have
 * not. Structure decides, never what values are.
 */
public final class LinearTensors {
    // RATIONALE: Why do tensors without an activation have rules of their own?
    private static final Set<String> PRODUCTS = Operations.MATRIX_PRODUCTS;

    private final Network network;
    private final TensorAnalysis linear;
    private final Set<String> reached;
    private final Set<String> sums;
    private final Set<String> branches;

    /**
     * Of a classifier.
     *
     * @param head where relevance starts, and where space collapses
     */
    public LinearTensors(Network network, Head head) {
        this.network = network;
        this.linear = new TensorAnalysis(network, this::derive);
        this.sums = unactivated(head.references());
        sums.removeIf(name -> !isSum(network.node(name)));
        this.reached = reached(head.features());
        sums.retainAll(reached);
        this.branches = new Branches(network).of(sums);
    }

    private LinearTensors(Network network) {
        this.network = network;
        this.linear = new TensorAnalysis(network, node -> false);
        this.sums = Set.of();
        this.reached = Set.of();
        this.branches = Set.of();
    }

    /** None, whatever a network has: it is explained as the paper does it. */
    public static LinearTensors none(Network network) {
        return new LinearTensors(network);
    }

    /** Whether a convolution is reached, walking back from a tensor, before an activation is. */
    public boolean isLinear(TensorRef tensor) {
        return linear.isTrueOf(tensor);
    }

    /** The operands of a sum that get anything: all of a linear one, of any other the deepest. */
    List<TensorRef> heirs(Node node) {
        return isLinearSum(node) ? network.signals(node) : Sums.deepest(node, network);
    }

    /** Whether it is a sum that a convolution, a product or the head takes, with no activation in between. */
    boolean isLinearSum(Node node) {
        return sums.contains(node.name());
    }

    /** Whether a convolution lies in a branch of a linear sum: after the point where the sum's operands part. */
    public boolean isInBranch(Node convolution) {
        return branches.contains(convolution.name());
    }

    /** How many convolutions that relevance comes to convolve a linear tensor. */
    public int convolutions() {
        return (int) network.order().stream()
                .filter(node -> reached.contains(node.name()) && ConvolutionLayers.isLayer(node, network))
                .filter(node -> isLinear(Convolution.of(node, network).input()))
                .count();
    }

    /** How many sums are linear. */
    public int sums() {
        return sums.size();
    }

    private boolean derive(Node node) {
        return takesWeights(node)
                ? network.dependsOnImage(node)
                : !ActivationRule.activates(node, network)
                        && carriers(node).stream().anyMatch(this::isLinear);
    }

    /** What a convolution, a product or the operation that collapses space takes, with no activation in between. */
    private Set<String> unactivated(List<ReferenceLayer> references) {
        Set<String> unactivated = new HashSet<>();
        references.stream().map(reference -> network.node(reference.collapse())).forEach(collapse -> carriers(collapse)
                .forEach(input -> unactivated.add(input.node())));
        Set<String> all = new HashSet<>(unactivated);
        List<Node> order = network.order();
        for (int i = order.size() - 1; i >= 0; i--) {
            Node node = order.get(i);
            if (all.contains(node.name())) {
                boolean goesOn = takesWeights(node)
                        || (unactivated.contains(node.name()) && !ActivationRule.activates(node, network));
                for (TensorRef input : carriers(node)) {
                    all.add(input.node());
                    if (goesOn) {
                        unactivated.add(input.node());
                    }
                }
            }
        }
        return unactivated;
    }

    /** The nodes that relevance comes to. */
    private Set<String> reached(List<TensorRef> references) {
        Set<String> reached = new HashSet<>();
        references.forEach(reference -> reached.add(reference.node()));
        List<Node> order = network.order();
        for (int i = order.size() - 1; i >= 0; i--) {
            Node node = order.get(i);
            if (reached.contains(node.name())) {
                List<TensorRef> heirs = isSum(node) ? heirs(node) : carriers(node);
                heirs.forEach(input -> reached.add(input.node()));
            }
        }
        return reached;
    }

    private boolean takesWeights(Node node) {
        return ConvolutionLayers.isLayer(node, network) || PRODUCTS.contains(node.operation());
    }

    /** Of a node's inputs those that relevance may go to. */
    private List<TensorRef> carriers(Node node) {
        return Blocks.endingAt(node, network)
                .map(Blocks::input)
                .or(() -> GateRule.signal(node, network))
                .or(() -> NormalisationRule.normalised(node, network))
                .map(List::of)
                .orElseGet(() -> network.signals(node));
    }

    private boolean isSum(Node node) {
        return Sums.adds(node, network)
                && !ActivationRule.isOfOneTensor(node, network)
                && NormalisationRule.normalised(node, network).isEmpty();
    }
}
