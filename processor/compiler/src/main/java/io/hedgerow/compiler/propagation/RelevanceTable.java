package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.graph.Node;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The relevance that has arrived at each tensor so far, as rows K × B × n, and what is on its way. What leaves a part of the
 * network is held back until all of it is there.
 */
public final class RelevanceTable {
    private final Ops tf;
    private final Map<TensorRef, Operand<TFloat32>> received = new HashMap<>();
    private final List<Sent> sent = new ArrayList<>();
    /** Those of what was received that no node has sent on yet. */
    private final Set<TensorRef> waiting = new LinkedHashSet<>();

    private final List<Sent> held = new ArrayList<>();
    private Predicate<TensorRef> isHeld = tensor -> false;

    RelevanceTable(Ops tf) {
        this.tf = tf;
    }

    /** What has arrived at a tensor; empty if nothing has. */
    public Optional<Operand<TFloat32>> at(TensorRef tensor) {
        return Optional.ofNullable(received.get(tensor));
    }

    boolean areAny(Node node) {
        arrive();
        return received.keySet().stream().anyMatch(tensor -> tensor.node().equals(node.name()));
    }

    /** A node's outputs that anything has arrived at, in order. */
    List<TensorRef> outputs(Node node) {
        return received.keySet().stream()
                .filter(tensor -> tensor.node().equals(node.name()))
                .sorted(Comparator.comparingInt(TensorRef::index))
                .toList();
    }

    /** What has arrived at each of a node's outputs that anything has arrived at. */
    public List<Operand<TFloat32>> at(Node node) {
        return received.entrySet().stream()
                .filter(entry -> entry.getKey().node().equals(node.name()))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Several uses of one tensor sum what each sends it. */
    void send(TensorRef tensor, Operand<TFloat32> relevance) {
        sent.add(new Sent(tensor, relevance));
    }

    /** All that was sent; a rule that is at work sees nothing of what it sends itself. */
    public void arrive() {
        for (Sent one : takeSent()) {
            waiting.add(one.tensor());
            if (isHeld.test(one.tensor())) {
                held.add(one);
            } else {
                received.merge(one.tensor(), one.relevance(), tf.math::add);
            }
        }
    }

    /** What is sent from here on is held back where this is so of the tensor. */
    void hold(Predicate<TensorRef> isHeld) {
        arrive();
        this.isHeld = isHeld;
    }

    /** What was held back since this was last asked. */
    List<Sent> takeHeld() {
        arrive();
        List<Sent> taken = List.copyOf(held);
        held.clear();
        return taken;
    }

    /** A node has sent on what had arrived at it. */
    void left(Node node) {
        waiting.removeIf(tensor -> tensor.node().equals(node.name()));
    }

    /** The only tensor with relevance that no node has sent on yet, if there is one. */
    Optional<TensorRef> only() {
        arrive();
        return waiting.size() == 1 ? Optional.of(waiting.iterator().next()) : Optional.empty();
    }

    /** What was sent and hasn't arrived; it won't, unless it is sent again. */
    public List<Sent> takeSent() {
        List<Sent> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** Relevance on its way to a tensor. */
    public record Sent(TensorRef tensor, Operand<TFloat32> relevance) {}
}
