package io.hedgerow.compiler.rules;

import io.hedgerow.compiler.ModelRefusedException;
import io.hedgerow.compiler.network.Layout;
import io.hedgerow.compiler.network.Network;
import io.hedgerow.compiler.network.Node;
import io.hedgerow.compiler.network.TensorRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;

/** Carries relevance from the reference layer to the input layer, node by node against the order of the forward pass. */
final class Propagation {
    private static final Set<String> POOLING = Set.of("MaxPool", "MaxPoolV2", "AvgPool");

    private final Network network;
    private final BiFunction<Node, Network, Rule> rules;
    private final Witness witness;
    private final Stretches stretches;
    private final Set<String> pooled = new HashSet<>();
    private final Map<String, Integer> families = new TreeMap<>();

    /**
     * @param rules the rule of each node
     * @param witness sees what each makes of relevance
     * @param stretches learns where it goes
     */
    Propagation(Network network, BiFunction<Node, Network, Rule> rules, Witness witness, Stretches stretches) {
        this.network = network;
        this.rules = rules;
        this.witness = witness;
        this.stretches = stretches;
        for (Node node : network.order()) {
            boolean after = node.inputs().stream().anyMatch(input -> pooled.contains(input.node()));
            if (after || (POOLING.contains(node.operation()) && network.dependsOnImage(node))) {
                pooled.add(node.name());
            }
        }
    }

    /**
     * Writes the propagation into the graph that holds the classifier.
     *
     * @param starts relevance of each reference layer: K·B × H × W × C
     * @return the maps, B × K × h × w, and the tensor of the input layer whose geometry they have
     * @throws ModelRefusedException if an operation on the way has no rule
     */
    Maps write(Map<TensorRef, Operand<TFloat32>> starts, Emission emission) {
        Parts parts = new Parts(network, List.copyOf(starts.keySet()));
        List<Arrivals.Sent> sent = new ArrayList<>();
        starts.forEach((reference, relevance) -> {
            sent.add(new Arrivals.Sent(reference, emission.rows(relevance)));
            emission.send(reference, sent.get(sent.size() - 1).relevance());
        });
        Set<TensorRef> inputs = new LinkedHashSet<>();
        for (List<Node> part : parts.inOrder()) {
            Node any = part.get(0);
            List<Arrivals.Sent> came =
                    sent.stream().filter(one -> parts.areOne(any, one.tensor())).toList();
            if (starts.size() > 1) {
                emission.arrivals().hold(tensor -> !parts.areOne(any, tensor) || isInput(network.producer(tensor)));
            }
            part.forEach(node -> through(node, emission));
            sent.addAll(settle(came, emission));
        }
        for (int i = network.order().size() - 1; i >= 0; i--) {
            Node node = network.order().get(i);
            if (isInput(node) && emission.arrivals().areAny(node)) {
                inputs.add(node.output());
            }
        }
        narrow(emission);
        return sum(inputs, emission);
    }

    private void through(Node node, Emission emission) {
        if (!emission.arrivals().areAny(node) || isInput(node)) {
            return;
        }
        Rule rule = rules.apply(node, network);
        families.merge(rule.family(), 1, Integer::sum);
        List<Operand<TFloat32>> received = emission.arrivals().at(node);
        narrow(emission);
        stretches.through(node);
        rule.propagate(node, emission);
        emission.arrivals().left(node);
        List<Arrivals.Sent> sent = emission.arrivals().takeSent();
        witness.saw(node, rule, received, sent.stream().map(Arrivals.Sent::relevance).toList(), emission);
        sent.stream()
                .map(one -> emission.linear.isInBranch(node) ? kept(one, node, emission) : one)
                .forEach(one -> emission.send(one.tensor(), one.relevance()));
    }

    /** What a layer in a branch of a linear sum sends, with the evidence that it received. */
    private Arrivals.Sent kept(Arrivals.Sent sent, Node layer, Emission emission) {
        Arrivals.Sent received = new Arrivals.Sent(layer.output(), emission.relevance(layer));
        Arrivals.Sent kept = new Amount(emission).kept(sent, received);
        witness.kept(layer, received, sent, kept);
        return kept;
    }

    /** Gives what leaves a part the amount of what came to it, for convolutions between the two have lost it. */
    private List<Arrivals.Sent> settle(List<Arrivals.Sent> came, Emission emission) {
        List<Arrivals.Sent> leaving = emission.arrivals().takeHeld();
        emission.arrivals().hold(tensor -> false);
        if (leaving.isEmpty()) {
            return List.of();
        }
        Amount amount = new Amount(emission);
        Amount.Both in = amount.of(came);
        Operand<TFloat32> factor = amount.factor(in, amount.of(leaving));
        List<Arrivals.Sent> settled = leaving.stream()
                .map(one -> new Arrivals.Sent(one.tensor(), emission.tf.math.mul(one.relevance(), factor)))
                .toList();
        settled.forEach(one -> emission.send(one.tensor(), one.relevance()));
        witness.leftPart(came, settled, emission);
        return settled;
    }

    private void narrow(Emission emission) {
        emission.arrivals().only().ifPresent(tensor -> {
            Output<TFloat32> relevance =
                    emission.arrivals().at(tensor).orElseThrow().asOutput();
            if (relevance.index() == 0) {
                stretches.narrow(tensor, relevance.op().name());
            }
        });
    }

    /** How many nodes of each rule family relevance went through. */
    Map<String, Integer> families() {
        return Collections.unmodifiableMap(new TreeMap<>(families));
    }

    /** Before the first convolution and pooling: what lies here changes nothing but the geometry of a resize. */
    private boolean isInput(Node node) {
        return network.convolutions(node.output()) == 0 && !pooled.contains(node.name());
    }

    private Maps sum(Set<TensorRef> inputs, Emission e) {
        if (inputs.isEmpty()) {
            throw new ModelRefusedException("no relevance reaches the image from the reference layer");
        }
        TensorRef first = inputs.iterator().next();
        List<Long> size = size(first);
        List<Operand<TFloat32>> planes = new ArrayList<>();
        for (TensorRef input : inputs) {
            if (network.rank(input) != 4 || !size.equals(size(input))) {
                throw new ModelRefusedException("the input layers '" + first + "' " + size + " and '" + input + "' "
                        + size(input) + " see the image at different sizes");
            }
            planes.add(plane(input, e));
        }
        Operand<TFloat32> plane = planes.stream().reduce(e.tf.math::add).orElseThrow();
        Operand<TFloat32> maps = e.unstacked(plane);
        return new Maps(maps, first);
    }

    /** Height and width. */
    private List<Long> size(TensorRef input) {
        long[] shape = network.shape(input).orElse(new long[0]);
        Layout layout = network.layout(input);
        return Stream.of(layout.height(), layout.width())
                .map(axis -> axis < 0 ? -1 : shape[axis])
                .toList();
    }

    /** What has arrived at a tensor, summed over channels: K·B × h × w. */
    private Operand<TFloat32> plane(TensorRef input, Emission e) {
        Layout layout = network.layout(input);
        Operand<TFloat32> relevance = e.stacked(e.arrivals().at(input).orElseThrow(), input);
        Operand<TFloat32> plane = e.tf.reduceSum(relevance, e.tf.constant(layout.channel()));
        return layout.height() < layout.width()
                ? plane
                : e.tf.linalg.transpose(plane, e.tf.constant(new int[] {0, 2, 1}));
    }

    /**
     * @param maps B × K × h × w, signed
     * @param input the tensor whose height and width they have
     */
    record Maps(Operand<TFloat32> maps, TensorRef input) {}
}
