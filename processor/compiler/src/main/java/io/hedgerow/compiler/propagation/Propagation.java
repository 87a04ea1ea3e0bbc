package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.analysis.Parts;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.types.TFloat32;

/** Carries relevance from the reference layer to the input layer, node by node against the order of the forward pass. */
public final class Propagation {
    private final Network network;
    private final Composite rules;
    private final PropagationListener listener;
    private final ClassLoopRegions regions;
    private final Map<String, Integer> families = new TreeMap<>();

    /**
     * @param rules the rule of each node
     * @param listener sees what each makes of relevance
     * @param regions learns where it goes
     */
    public Propagation(Network network, Composite rules, PropagationListener listener, ClassLoopRegions regions) {
        this.network = network;
        this.rules = rules;
        this.listener = listener;
        this.regions = regions;
    }

    /**
     * Writes the propagation into the graph that holds the classifier.
     *
     * @param starts relevance of each reference layer: K·B × H × W × C
     * @param places what of the picture an input layer sees, and in how many cells: maps of equal ones are summed
     * @return the maps of each place
     * @throws ModelRefusedException if an operation on the way has no rule
     */
    public List<Maps> write(
            Map<TensorRef, Operand<TFloat32>> starts, Function<TensorRef, ?> places, RuleContext emission) {
        Parts parts = new Parts(network, List.copyOf(starts.keySet()));
        List<RelevanceTable.Sent> sent = new ArrayList<>();
        starts.forEach((reference, relevance) -> {
            sent.add(new RelevanceTable.Sent(reference, emission.rows(relevance)));
            emission.send(reference, sent.get(sent.size() - 1).relevance());
        });
        Set<TensorRef> inputs = new LinkedHashSet<>();
        for (List<Node> part : parts.inOrder()) {
            Node any = part.get(0);
            List<RelevanceTable.Sent> came =
                    sent.stream().filter(one -> parts.areOne(any, one.tensor())).toList();
            if (starts.size() > 1) {
                emission.arrivals()
                        .hold(tensor -> !parts.areOne(any, tensor) || network.isBeforeLayers(network.producer(tensor)));
            }
            part.forEach(node -> through(node, emission));
            sent.addAll(settle(came, emission));
        }
        emission.arrivals().arrive();
        for (int i = network.order().size() - 1; i >= 0; i--) {
            Node node = network.order().get(i);
            if (network.isBeforeLayers(node)) {
                inputs.addAll(emission.arrivals().outputs(node));
            }
        }
        narrow(emission);
        return summed(inputs, places, emission);
    }

    private void through(Node node, RuleContext emission) {
        if (!emission.arrivals().areAny(node) || network.isBeforeLayers(node)) {
            return;
        }
        Rule rule = rules.rule(node);
        families.merge(rule.family(), 1, Integer::sum);
        List<Operand<TFloat32>> received = emission.arrivals().at(node);
        narrow(emission);
        regions.through(node);
        rule.propagate(node, emission);
        emission.arrivals().left(node);
        List<RelevanceTable.Sent> sent = emission.arrivals().takeSent();
        listener.saw(
                node,
                rule,
                received,
                sent.stream().map(RelevanceTable.Sent::relevance).toList(),
                emission);
        sent.stream()
                .map(one -> rules.keepsEvidence(node) ? kept(one, node, emission) : one)
                .forEach(one -> emission.send(one.tensor(), one.relevance()));
    }

    /** What a layer in a branch of a linear sum sends, with the evidence that it received. */
    private RelevanceTable.Sent kept(RelevanceTable.Sent sent, Node layer, RuleContext emission) {
        RelevanceTable.Sent received = new RelevanceTable.Sent(layer.output(), emission.relevance(layer));
        RelevanceTable.Sent kept = new Amount(emission).kept(sent, received);
        listener.kept(layer, received, sent, kept);
        return kept;
    }

    /** Gives what leaves a part the amount of what came to it, for convolutions between the two have lost it. */
    private List<RelevanceTable.Sent> settle(List<RelevanceTable.Sent> came, RuleContext emission) {
        List<RelevanceTable.Sent> leaving = emission.arrivals().takeHeld();
        emission.arrivals().hold(tensor -> false);
        if (leaving.isEmpty()) {
            return List.of();
        }
        Amount amount = new Amount(emission);
        Amount.Both in = amount.of(came);
        Operand<TFloat32> factor = amount.factor(in, amount.of(leaving));
        List<RelevanceTable.Sent> settled = leaving.stream()
                .map(one -> new RelevanceTable.Sent(one.tensor(), emission.tf.math.mul(one.relevance(), factor)))
                .toList();
        settled.forEach(one -> emission.send(one.tensor(), one.relevance()));
        listener.leftPart(came, leaving, settled);
        return settled;
    }

    private void narrow(RuleContext emission) {
        emission.arrivals().only().ifPresent(tensor -> {
            Output<TFloat32> relevance =
                    emission.arrivals().at(tensor).orElseThrow().asOutput();
            if (relevance.index() == 0) {
                regions.narrow(tensor, relevance.op().name());
            }
        });
    }

    /** How many nodes of each rule family relevance went through. */
    public Map<String, Integer> families() {
        return Collections.unmodifiableMap(new TreeMap<>(families));
    }

    private List<Maps> summed(Set<TensorRef> inputs, Function<TensorRef, ?> places, RuleContext e) {
        if (inputs.isEmpty()) {
            throw new ModelRefusedException("no relevance reaches the image from the reference layer");
        }
        Map<Object, List<TensorRef>> together = new LinkedHashMap<>();
        inputs.forEach(input -> together.computeIfAbsent(places.apply(input), place -> new ArrayList<>())
                .add(input));
        List<Maps> maps = new ArrayList<>();
        for (List<TensorRef> layers : together.values()) {
            Operand<TFloat32> sum = layers.stream()
                    .map(input -> plane(input, e))
                    .reduce(e.tf.math::add)
                    .orElseThrow();
            maps.add(new Maps(e.unstacked(sum), layers.get(0)));
        }
        return maps;
    }

    /** What has arrived at a tensor, summed over channels, its other axes in their order: K·B × h × w. */
    private static Operand<TFloat32> plane(TensorRef input, RuleContext e) {
        int channels = e.network.layout(input).channel();
        return e.tf.reduceSum(e.stacked(e.arrivals().at(input).orElseThrow(), input), e.tf.constant(channels));
    }

    /**
     * What relevance came to at an input layer.
     *
     * @param maps B × K × h × w, signed
     * @param input the tensor whose height and width they have
     */
    public record Maps(Operand<TFloat32> maps, TensorRef input) {}
}
