package io.hedgerow.compiler.frontend;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.hedgerow.compiler.ModelRefusedException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;

/**
 * Which key of the checkpoint holds which variable. The model's own restore operation says so, which is read but never
 * run; what it leaves out is found by the name that the saved object carries, or by the key itself (TF1).
 */
final class VariableKeys {
    private static final Set<String> ASSIGNMENTS = Set.of("AssignVariableOp", "Assign");
    private static final String RESTORE = "RestoreV2";
    private static final String NAME = "shared_name";

    private final Resolver resolver;
    private final Functions functions;
    private final Map<String, String> restored = new HashMap<>();
    private final Checkpoint checkpoint;
    private @Nullable Map<String, String> saved;

    VariableKeys(Resolver resolver, Functions functions, Scope main, String restoreOperation, Checkpoint checkpoint) {
        this.resolver = resolver;
        this.functions = functions;
        this.checkpoint = checkpoint;
        readRestore(main, restoreOperation);
    }

    /** The checkpoint's key for a variable of the flat graph. */
    String of(NodeDef variable) {
        String key = restored.get(variable.getName());
        if (key == null) {
            saved = saved == null ? savedObjects() : saved;
            key = saved.getOrDefault(sharedName(variable), saved.get(variable.getName()));
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
        return Constants.isConstant(names.node())
                ? Constants.value(names.node()).getStringValList()
                : List.of();
    }

    /** The checkpoint's keys by the names of the variables they were saved from, and by themselves. */
    private Map<String, String> savedObjects() {
        TrackableObjectGraph objects;
        try {
            objects = TrackableObjectGraph.parseFrom(checkpoint.objectGraph());
        } catch (InvalidProtocolBufferException e) {
            throw new ModelRefusedException("the checkpoint's object graph is damaged: " + e.getMessage(), e);
        }
        Map<String, String> keys = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (TrackableObjectGraph.TrackableObject object : objects.getNodesList()) {
            for (TrackableObjectGraph.TrackableObject.SerializedTensor tensor : object.getAttributesList()) {
                String previous = keys.put(tensor.getFullName(), tensor.getCheckpointKey());
                if (previous != null && !previous.equals(tensor.getCheckpointKey())) {
                    ambiguous.add(tensor.getFullName());
                }
            }
        }
        keys.keySet().removeAll(ambiguous);
        keys.remove("");
        checkpoint.keys().forEach(key -> keys.putIfAbsent(key, key));
        return keys;
    }

    private static String sharedName(NodeDef variable) {
        return variable.getAttrOrDefault(NAME, AttrValue.getDefaultInstance())
                .getS()
                .toStringUtf8();
    }
}
