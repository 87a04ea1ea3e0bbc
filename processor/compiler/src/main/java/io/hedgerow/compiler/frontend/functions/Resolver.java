package io.hedgerow.compiler.frontend.functions;

import io.hedgerow.compiler.api.ModelRefusedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/**
 * Finds the operation that really computes a tensor: through function calls and their arguments, identities, reads of
 * variables, and the branch of a conditional that a constant predicate takes.
 */
public final class Resolver {
    private static final int MAX_STEPS = 100_000;
    private static final Set<String> PASS_THROUGH = Set.of(
            "Identity",
            "IdentityN",
            "RefIdentity",
            "StopGradient",
            "PreventGradient",
            "Snapshot",
            "GuaranteeConst",
            "EnsureShape",
            "CheckNumerics",
            "CheckNumericsV2",
            "Print",
            "XlaSharding",
            "PlaceholderWithDefault",
            "ReadVariableOp");

    private final OperationDefinitions operations;
    private final Functions functions;
    private final String image;
    private final Predicates predicates;
    private final Map<String, String> aliases = new HashMap<>();
    private final Set<String> decided = new HashSet<>();

    /**
     * @param image the main graph's tensor that takes the images, as {@code node:0}: nothing before it is looked at
     * @param evaluator computes a tensor that does not depend on the images' pixels, if it can; used for predicates
     */
    public Resolver(
            OperationDefinitions operations,
            Functions functions,
            String image,
            BiFunction<Resolver, Endpoint, Optional<TensorProto>> evaluator) {
        this.operations = operations;
        this.functions = functions;
        this.image = image;
        this.predicates = new Predicates(this::resolve, endpoint -> evaluator.apply(this, endpoint));
    }

    /** The operation behind {@code input}, an entry of some node's input list in {@code scope}. */
    public Endpoint resolve(Scope scope, String input) {
        List<String> passed = new ArrayList<>();
        Endpoint endpoint = resolve(scope, input, passed);
        passed.forEach(path -> aliases.put(path, endpoint.path() + ":" + endpoint.port()));
        return endpoint;
    }

    /** The identities passed so far, by path, and the tensors that they stand for, as {@code node:port}. */
    public Map<String, String> aliases() {
        return aliases;
    }

    /** The conditionals, switches and merges of which one side was taken, by path. */
    public Set<String> decided() {
        return decided;
    }

    boolean isImage(Endpoint endpoint) {
        return endpoint.scope().body().isMain() && image.equals(endpoint.node().getName() + ":" + endpoint.port());
    }

    private Endpoint resolve(Scope scope, String input, List<String> passed) {
        for (int step = 0; step < MAX_STEPS; step++) {
            Integer argument = scope.body().argument(name(input));
            if (argument != null) {
                input = scope.argument(argument);
                scope = scope.caller();
                continue;
            }
            Endpoint endpoint = endpoint(scope, input);
            NodeDef node = endpoint.node();
            if (isImage(endpoint)) {
                return endpoint;
            }
            Scope callee = functions.callee(scope, node);
            if (callee == null && isConditional(node)) {
                boolean taken = predicate(endpoint, endpoint.input(0));
                callee = functions.branch(scope, node, taken);
            }
            if (callee != null) {
                scope = callee;
                input = callee.body().result(endpoint.port());
            } else if (PASS_THROUGH.contains(node.getOp())) {
                passed.add(endpoint.path());
                input = endpoint.input(node.getOp().equals("IdentityN") ? endpoint.port() : 0);
            } else if (isSwitch(node)) {
                input = endpoint.input(0);
            } else if (isMerge(node)) {
                input = liveInput(endpoint);
            } else {
                return endpoint;
            }
        }
        throw new ModelRefusedException("%s%s leads back to itself: the graph has a cycle"
                .formatted(input, scope.body().location()));
    }

    private boolean predicate(Endpoint conditional, String input) {
        decided.add(conditional.path());
        return predicates
                .truth(conditional.scope(), input)
                .orElseThrow(() -> new ModelRefusedException(
                        "%s branches on %s, which is not constant; save the model for inference, with training=False and images of one size"
                                .formatted(conditional.where(), input)));
    }

    private String liveInput(Endpoint merge) {
        if (merge.port() != 0) {
            throw new ModelRefusedException(merge.where() + " gives the index of its branch, which is not supported");
        }
        return merge.node().getInputList().stream()
                .filter(input -> !Scope.isControl(input) && isLive(merge.scope(), input))
                .findFirst()
                .orElseThrow(() -> new ModelRefusedException(merge.where() + " has no live input"));
    }

    /** Whether a tensor has a value: no switch before it, up to the next merge, sends its data the other way. */
    private boolean isLive(Scope scope, String start) {
        Deque<String> open = new ArrayDeque<>(Set.of(start));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            String input = open.pop();
            if (!seen.add(input) || scope.body().argument(name(input)) != null) {
                continue;
            }
            Endpoint endpoint = endpoint(scope, input);
            if (isSwitch(endpoint.node())
                    && !Scope.isControl(input)
                    && predicate(endpoint, endpoint.input(1)) != (endpoint.port() == 1)) {
                return false;
            }
            if (!isMerge(endpoint.node())) {
                open.addAll(endpoint.node().getInputList());
            }
        }
        return true;
    }

    private Endpoint endpoint(Scope scope, String input) {
        String[] parts = input.split(":", -1);
        NodeDef node = scope.body().node(name(input));
        if (parts.length == 1) {
            return new Endpoint(scope, node, 0);
        }
        int index = index(parts[parts.length - 1], input, scope);
        if (parts.length == 2) {
            return new Endpoint(scope, node, index);
        }
        FunctionDef function = functions.legacy(node);
        if (function == null) {
            return new Endpoint(scope, node, operations.port(new Endpoint(scope, node, 0), parts[1], index));
        }
        int result = function.getSignature().getOutputArgList().stream()
                .map(output -> output.getName())
                .toList()
                .indexOf(parts[1]);
        return new Endpoint(scope, node, Math.max(0, result) + index);
    }

    private static int index(String text, String input, Scope scope) {
        if (!text.matches("\\d{1,6}")) {
            throw new ModelRefusedException("%s%s names no output of a node"
                    .formatted(input, scope.body().location()));
        }
        return Integer.parseInt(text);
    }

    public static String name(String input) {
        int start = Scope.isControl(input) ? 1 : 0;
        int colon = input.indexOf(':');
        return input.substring(start, colon < start ? input.length() : colon);
    }

    private static boolean isConditional(NodeDef node) {
        return node.getOp().equals("If") || node.getOp().equals("StatelessIf");
    }

    private static boolean isSwitch(NodeDef node) {
        return node.getOp().equals("Switch") || node.getOp().equals("RefSwitch");
    }

    private static boolean isMerge(NodeDef node) {
        return node.getOp().equals("Merge") || node.getOp().equals("RefMerge");
    }
}
