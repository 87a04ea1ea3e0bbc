package io.hedgerow.compiler.frontend.functions;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** What a loop in a classifier is there for, as far as it can be told: a recurrent layer's steps, or one image after another. */
final class Loops {
    static final String RECURRENT =
            "the model has a recurrent layer (LSTM, GRU or the like), and relevance can't be carried through its loop:"
                    + " save the model with a head that has none, such as pooling and dense layers";
    private static final String OVER_IMAGES =
            "the model loops, over the images perhaps (tf.map_fn) or in a recurrent layer, and loops can't be"
                    + " explained: save the part after it, which takes a batch, or a model without recurrence";
    private static final Set<String> LAYERS = Set.of("lstm", "gru", "rnn", "recurrent", "bidirectional");
    private static final int MOST = 10_000;

    private Loops() {}

    /** What to say of a node that is part of a loop. */
    static String reason(Endpoint endpoint) {
        String path = endpoint.path().toLowerCase(Locale.ROOT);
        return LAYERS.stream().anyMatch(path::contains) || isAfterConvolutions(endpoint) ? RECURRENT : OVER_IMAGES;
    }

    private static boolean isAfterConvolutions(Endpoint endpoint) {
        Deque<Place> open = new ArrayDeque<>(
                List.of(new Place(endpoint.scope(), endpoint.node().getName())));
        Set<Place> seen = new HashSet<>();
        while (!open.isEmpty() && seen.size() < MOST) {
            Place at = open.pop();
            if (!seen.add(at)) {
                continue;
            }
            Integer argument = at.scope.body().argument(at.node);
            if (argument != null) {
                open.push(new Place(at.scope.caller(), Resolver.name(at.scope.argument(argument))));
                continue;
            }
            var node = at.scope.body().node(at.node);
            if (Stream.of("Conv", "DepthwiseConv").anyMatch(node.getOp()::startsWith)) {
                return true;
            }
            node.getInputList().stream()
                    .filter(input -> !Scope.isControl(input))
                    .forEach(input -> open.push(new Place(at.scope, Resolver.name(input))));
        }
        return false;
    }

    private record Place(Scope scope, String node) {}
}
