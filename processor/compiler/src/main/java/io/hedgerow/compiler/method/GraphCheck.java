package io.hedgerow.compiler.method;

import java.util.List;
import org.tensorflow.Graph;

/** Looks at an explanation graph before it is given out. */
@FunctionalInterface
public interface GraphCheck {
    /** Looks at nothing. */
    GraphCheck NONE = (graph, checks) -> {};

    /**
     * Looks at a graph as long as it is open.
     *
     * @param graph holds the explanation, and what its checks look at
     * @param checks what methods hold it to
     * @throws io.hedgerow.compiler.api.ModelRefusedException if something is wrong with it
     */
    void check(Graph graph, List<Check> checks);
}
