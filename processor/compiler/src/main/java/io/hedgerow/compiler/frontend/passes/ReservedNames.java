package io.hedgerow.compiler.frontend.passes;

import io.hedgerow.compiler.frontend.flat.Evaluator;
import io.hedgerow.compiler.frontend.flat.FlatGraph;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Renames nodes of a model that are called as only nodes that explain it may be: a model may be given any names. */
final class ReservedNames implements GraphPass {
    private static final String RESERVED = "hedgerow";
    private static final String INSTEAD = "hedge_row";

    @Override
    public String name() {
        return "reserved names";
    }

    @Override
    public FlatGraph apply(FlatGraph graph, Evaluator shapes) {
        Map<String, String> names = new HashMap<>();
        Set<String> given = new HashSet<>();
        for (String name : graph.nodes().keySet()) {
            if (name.contains(RESERVED)) {
                String free = graph.free(name.replace(RESERVED, INSTEAD));
                while (!given.add(free)) {
                    free = graph.free(free + "_");
                }
                names.put(name, free);
            }
        }
        return names.isEmpty() ? graph : graph.renamed(names);
    }
}
