package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.graph.Node;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/** Sees relevance pass through a node. */
@FunctionalInterface
public interface PropagationListener {

    /**
     * A rule has done its work.
     *
     * @param received what had arrived at the node's outputs, rows B × K × n each
     * @param sent what its inputs were sent, the same
     */
    void saw(
            Node node, Rule rule, List<Operand<TFloat32>> received, List<Operand<TFloat32>> sent, RuleContext emission);

    /**
     * All of a part of the network has been gone through, and what leaves it was given the amount of what came.
     *
     * @param came where relevance came to it
     * @param leaving as its rules have it
     * @param settled the same as it went on in the end
     */
    default void leftPart(
            List<RelevanceTable.Sent> came, List<RelevanceTable.Sent> leaving, List<RelevanceTable.Sent> settled) {}

    /**
     * What a layer sends was given the evidence of what it had received.
     *
     * @param received at its output
     * @param sent as its rule has it
     * @param kept the same as it was sent in the end
     */
    default void kept(Node layer, RelevanceTable.Sent received, RelevanceTable.Sent sent, RelevanceTable.Sent kept) {}
}
