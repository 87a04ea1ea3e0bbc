package io.hedgerow.compiler.method;

import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.InputTensors;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Gradients at what the first layers take, added up over the samples that methods ask for. */
final class SampledGradients {
    private static final String SCOPE = "hedgerow_samples_";

    private final GraphDef definition;
    private final Map<String, Map<TensorRef, TensorRef>> sums = new HashMap<>();

    /**
     * Writes a loop for each method that has samples.
     *
     * @param graph holds the gradients at the image itself
     * @param gradients at each tensor that the first layers take
     */
    SampledGradients(
            Graph graph, Network network, Head head, List<Method> methods, Map<TensorRef, TensorRef> gradients) {
        List<Method> sampling =
                methods.stream().filter(method -> method.samples().isPresent()).toList();
        Map<Method, Map<TensorRef, TensorRef>> samples = new LinkedHashMap<>();
        sampling.forEach(method ->
                samples.put(method, write(graph, network, method, scope(samples.size()), gradients.keySet())));
        GraphDef before = graph.toGraphDef();
        InputTensors inputs = new InputTensors(network);
        List<NodeDef> loops = new ArrayList<>();
        samples.forEach((method, sampled) -> {
            String scope = scope(sums.size());
            SampleLoop loop = new SampleLoop(
                    scope,
                    before.getNodeList(),
                    tensor -> graph.outputOrThrow(tensor.node() + ":" + tensor.index())
                            .dataType(),
                    method.samples().orElseThrow().count(),
                    index(scope),
                    sampled,
                    name -> !name.startsWith(scope) && (!network.contains(name) || inputs.isLayers(network.node(name))),
                    fixed(head),
                    gradients.values());
            loops.addAll(loop.nodes());
            Map<TensorRef, TensorRef> ofMethod = new LinkedHashMap<>();
            gradients.forEach((input, gradient) -> ofMethod.put(input, loop.sum(gradient)));
            sums.put(method.name(), ofMethod);
        });
        this.definition = before.toBuilder().addAllNode(loops).build();
    }

    /** The graph with the loops. */
    GraphDef definition() {
        return definition;
    }

    /** By the method's name, at each tensor that the first layers take. */
    Map<String, Map<TensorRef, TensorRef>> sums() {
        return sums;
    }

    private static Map<TensorRef, TensorRef> write(
            Graph graph, Network network, Method method, String scope, Set<TensorRef> inputs) {
        Ops root = Ops.create(graph);
        Operand<TInt32> index =
                root.withName(index(scope)).placeholder(TInt32.class, Placeholder.shape(Shape.scalar()));
        Ops tf = root.withSubScope(scope).withSubScope("at");
        Map<TensorRef, TensorRef> sampled = new LinkedHashMap<>();
        for (TensorRef input : inputs) {
            Operand<TFloat32> sample = method.samples()
                    .orElseThrow()
                    .at(
                            MethodContext.tensor(graph, input),
                            network.layout(input).space(),
                            index,
                            tf);
            sampled.put(
                    input,
                    new TensorRef(
                            sample.asOutput().op().name(), sample.asOutput().index()));
        }
        return sampled;
    }

    /** What a step away from the image leaves as it is: which classes are asked for, and what gradients hold fixed. */
    private static Set<String> fixed(Head head) {
        Set<String> fixed = new HashSet<>(Set.of(NodeNames.RESOLVED_CLASSES));
        for (int i = 0; i < head.probabilities().size(); i++) {
            fixed.add(NodeNames.share(i));
        }
        return fixed;
    }

    private static String scope(int method) {
        return SCOPE + method;
    }

    private static String index(String scope) {
        return scope + "_index";
    }
}
