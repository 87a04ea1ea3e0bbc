package io.hedgerow.compiler.frontend.functions;

import com.google.protobuf.ByteString;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.files.Checkpoint;
import io.hedgerow.compiler.graph.NodeDefs;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.NodeDef;

/**
 * Which key of the checkpoint holds which variable. The model's own restore operation says so, which is read but never
 * run; what it leaves out is found among the saved objects, or by the key itself (TF1).
 */
public final class VariableKeys {
    private static final Set<String> ASSIGNMENTS = Set.of("AssignVariableOp", "Assign");
    private static final String RESTORE = "RestoreV2";
    private static final String NAME = "shared_name";

    private final Resolver resolver;
    private final Functions functions;
    private final Map<String, String> restored = new HashMap<>();
    private final Scope main;
    private final MetaGraphDef model;
    private final Checkpoint checkpoint;
    private final Map<String, String> captured = new HashMap<>();
    private final Map<String, String> named = new HashMap<>();

    public VariableKeys(Resolver resolver, Functions functions, Scope main, MetaGraphDef model, Checkpoint checkpoint) {
        this.resolver = resolver;
        this.functions = functions;
        this.main = main;
        this.model = model;
        this.checkpoint = checkpoint;
        readRestore(main, model.getSaverDef().getRestoreOpName());
    }

    /** The checkpoint's key for a variable of the flat graph. */
    String of(NodeDef variable) {
        String key = restored.get(variable.getName());
        if (key == null) {
            readObjects();
            key = captured.get(variable.getName());
        }
        if (key == null) {
            String shared = sharedName(variable);
            key = named.get(shared.isEmpty() ? variable.getName() : shared);
        }
        if (key == null) {
            throw new ModelRefusedException(
                    "variable %s (operation %s) is not in the checkpoint: neither the restore operation nor a saved object names it; save the model again"
                            .formatted(variable.getName(), variable.getOp()));
        }
        return key;
    }

    private void readRestore(Scope main, String restoreOperation) {
        if (restoreOperation.isEmpty()) {
            return;
        }
        record Step(Scope scope, NodeDef node) {}
        Deque<Step> open = new ArrayDeque<>();
        Set<Step> seen = new HashSet<>();
        open.add(new Step(main, main.body().node(Resolver.name(restoreOperation))));
        while (!open.isEmpty()) {
            Step step = open.pop();
            if (!seen.add(step)) {
                continue;
            }
            NodeDef node = step.node();
            Scope callee = functions.callee(step.scope(), node);
            if (callee != null) {
                callee.body().nodes().forEach(inner -> open.add(new Step(callee, inner)));
            } else if (ASSIGNMENTS.contains(node.getOp()) && node.getInputCount() >= 2) {
                readAssignment(step.scope(), node);
            } else if (step.scope().body().isMain()) {
                node.getInputList()
                        .forEach(input -> open.add(new Step(main, main.body().node(Resolver.name(input)))));
            }
        }
    }

    private void readAssignment(Scope scope, NodeDef assignment) {
        Endpoint variable = resolver.resolve(scope, assignment.getInput(0));
        Endpoint value = resolver.resolve(scope, assignment.getInput(1));
        if (!KnownOperations.isVariable(variable.node())
                || !value.node().getOp().equals(RESTORE)) {
            return;
        }
        List<ByteString> keys = strings(value, 1);
        List<ByteString> slices = strings(value, 2);
        if (value.port() < keys.size()) {
            if (value.port() < slices.size() && !slices.get(value.port()).isEmpty()) {
                throw new ModelRefusedException(
                        "variable %s is partitioned into slices: save the model without a partitioner"
                                .formatted(variable.path()));
            }
            restored.put(variable.path(), keys.get(value.port()).toStringUtf8());
        }
    }

    private List<ByteString> strings(Endpoint restore, int input) {
        if (input >= restore.node().getInputCount()) {
            return List.of();
        }
        Endpoint names = resolver.resolve(restore.scope(), restore.node().getInput(input));
        return NodeDefs.isConstant(names.node()) ? NodeDefs.value(names.node()).getStringValList() : List.of();
    }

    private void readObjects() {
        if (named.isEmpty()) {
            SavedObjects objects = new SavedObjects(model.getObjectGraphDef(), checkpoint);
            checkpoint.keys().forEach(key -> named.put(key, key));
            named.putAll(objects.keysByName());
            captured.putAll(objects.keysByNode(main.body()));
        }
    }

    private static String sharedName(NodeDef variable) {
        return variable.getAttrOrDefault(NAME, AttrValue.getDefaultInstance())
                .getS()
                .toStringUtf8();
    }
}
