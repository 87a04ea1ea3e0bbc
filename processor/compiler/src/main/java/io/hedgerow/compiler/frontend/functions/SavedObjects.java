package io.hedgerow.compiler.frontend.functions;

import com.google.protobuf.InvalidProtocolBufferException;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.frontend.files.Checkpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedConcreteFunction;
import org.tensorflow.proto.SavedObjectGraphOuterClass.SavedObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;

/**
 * The objects that a model was saved from. The model and its checkpoint each hold a graph of them, numbered differently;
 * the same names of children lead to the same object in both.
 */
final class SavedObjects {
    private final SavedObjectGraph model;
    private final TrackableObjectGraph checkpoint;

    SavedObjects(SavedObjectGraph model, Checkpoint checkpoint) {
        this.model = model;
        try {
            this.checkpoint = TrackableObjectGraph.parseFrom(checkpoint.objectGraph());
        } catch (InvalidProtocolBufferException e) {
            throw new ModelRefusedException("the checkpoint's object graph is damaged: " + e.getMessage(), e);
        }
    }

    /** The checkpoint's keys by the names of the variables they were saved from; names that two share are left out. */
    Map<String, String> keysByName() {
        Map<String, String> keys = new HashMap<>();
        Set<String> ambiguous = new HashSet<>(Set.of(""));
        for (TrackableObject object : checkpoint.getNodesList()) {
            for (TrackableObject.SerializedTensor tensor : object.getAttributesList()) {
                String previous = keys.put(tensor.getFullName(), tensor.getCheckpointKey());
                if (previous != null && !previous.equals(tensor.getCheckpointKey())) {
                    ambiguous.add(tensor.getFullName());
                }
            }
        }
        keys.keySet().removeAll(ambiguous);
        return keys;
    }

    /** The checkpoint's keys by the nodes of the main graph that hold the variables which its functions capture. */
    Map<String, String> keysByNode(Body main) {
        Map<Integer, String> keys = keysByObject();
        Map<String, String> byNode = new HashMap<>();
        for (NodeDef call : main.nodes()) {
            String function =
                    call.containsAttr("f") ? call.getAttrOrThrow("f").getFunc().getName() : "";
            List<Integer> captured = model.getConcreteFunctionsOrDefault(
                            function, SavedConcreteFunction.getDefaultInstance())
                    .getBoundInputsList();
            List<String> inputs = call.getInputList().stream()
                    .filter(input -> !Scope.isControl(input))
                    .map(Resolver::name)
                    .toList();
            int arguments = inputs.size() - captured.size();
            for (int i = 0; i < captured.size() && arguments >= 0; i++) {
                String key = keys.get(captured.get(i));
                if (key != null) {
                    byNode.put(inputs.get(arguments + i), key);
                }
            }
        }
        return byNode;
    }

    /** The keys of the model's objects that have one tensor each, as variables do. */
    private Map<Integer, String> keysByObject() {
        record Pair(int model, int checkpoint) {}
        Map<Integer, String> keys = new HashMap<>();
        Deque<Pair> open = new ArrayDeque<>(List.of(new Pair(0, 0)));
        Set<Pair> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Pair pair = open.pop();
            if (outside(pair.model(), model.getNodesCount())
                    || outside(pair.checkpoint(), checkpoint.getNodesCount())
                    || !seen.add(pair)) {
                continue;
            }
            TrackableObject object = checkpoint.getNodes(pair.checkpoint());
            if (object.getAttributesCount() == 1) {
                keys.put(pair.model(), object.getAttributes(0).getCheckpointKey());
            }
            Map<String, Integer> children = new HashMap<>();
            object.getChildrenList().forEach(child -> children.put(child.getLocalName(), child.getNodeId()));
            model.getNodes(pair.model()).getChildrenList().forEach(child -> {
                Integer other = children.get(child.getLocalName());
                if (other != null) {
                    open.add(new Pair(child.getNodeId(), other));
                }
            });
        }
        return keys;
    }

    private static boolean outside(int index, int count) {
        return index < 0 || index >= count;
    }
}
