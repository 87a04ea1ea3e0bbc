package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ImageParameter;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Layout;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.Operations;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.graph.Weights;
import io.hedgerow.compiler.method.Check;
import io.hedgerow.compiler.method.CheckResult;
import io.hedgerow.compiler.method.ExplanationGraph;
import io.hedgerow.compiler.method.GraphCheck;
import io.hedgerow.compiler.method.NodeNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Runs an explanation on random images and compares: its scores with those of the model as it was read, before anything
 * was folded or rewritten, and alone with those in a batch; then all that methods hold what they wrote to. Everything must be
 * finite. Not thread-safe.
 */
public final class SelfCheck implements GraphCheck {
    /** Of the largest score: float32's rounding through a hundred layers that were folded otherwise. */
    private static final double SCORES = 1e-3;
    /** The largest score is taken to be at least this: what cancels to less is rounding of what it is summed from. */
    private static final double SMALL = 1e-2;

    private final FrozenModel model;
    private final Network network;
    private final Head head;
    private final List<ImageParameter> parameters;
    private double scores;
    private CheckResult results = CheckResult.NOTHING;
    private final List<String> warnings = new ArrayList<>();

    /**
     * A check of one explanation.
     *
     * @param model as it was read
     * @param network the same, frozen
     * @param head where explaining starts
     * @param parameters that methods take with each image
     */
    public SelfCheck(FrozenModel model, Network network, Head head, List<ImageParameter> parameters) {
        this.model = model;
        this.network = network;
        this.head = head;
        this.parameters = parameters;
    }

    /** The largest differences found, and what could not be checked. */
    public ExplanationInfo.SelfCheck findings() {
        return new ExplanationInfo.SelfCheck(
                scores, results.gradient(), results.relevance(), results.layers(), List.copyOf(warnings));
    }

    @Override
    public void check(Graph graph, List<Check> checks) {
        RandomImages random = new RandomImages(model, network, head.scoreCount(network));
        MemoryCheck.run(network, random);
        Map<TensorRef, Layout> layouts = layouts();
        Weights weights = Weights.of(model.graph());
        try (Forward forward = new Forward(graph, weights, model.inputName(), Forward.SCORES, layouts.keySet())) {
            BatchCheck.run(forward, random, head.features());
            LayoutCheck.run(forward, random, layouts, head.features()).ifPresent(warnings::add);
        }
        Map<String, float[]> expected = original(random, counterparts().keySet());
        Map<String, Tensor> fed = new HashMap<>();
        try (Floats explanation = new Floats(graph, weights)) {
            fed.put(model.inputName(), random.tensor());
            TInt32 asked = TInt32.tensorOf(Shape.of(random.batch(), random.classes()), t -> t.scalars()
                    .forEachIndexed((i, s) -> s.setInt((int) i[1])));
            fed.put(NodeNames.CLASSES, asked);
            for (ImageParameter parameter : parameters) {
                float middle = (parameter.least() + parameter.most()) / 2;
                fed.put(
                        NodeNames.imageParameter(parameter.name()),
                        TFloat32.tensorOf(
                                Shape.of(random.batch()), t -> t.scalars().forEach(s -> s.setFloat(middle))));
            }
            check(graph, checks, random, expected, explanation, fed);
        } finally {
            fed.values().forEach(Tensor::close);
        }
    }

    private void check(
            Graph graph,
            List<Check> checks,
            RandomImages random,
            Map<String, float[]> expected,
            Floats explanation,
            Map<String, Tensor> fed) {
        Map<String, String> counterparts = counterparts();
        List<String> fixed = new ArrayList<>();
        for (int i = 0; i < head.probabilities().size(); i++) {
            fixed.add(NodeNames.share(i));
        }
        List<String> jumps = ExplanationGraph.jumps(graph, network);
        Set<String> fetched = new LinkedHashSet<>(counterparts.values());
        checks.forEach(check -> fetched.addAll(check.tensors()));
        fetched.addAll(fixed);
        fetched.addAll(jumps);
        graph.operations().forEachRemaining(node -> {
            if (node.name().startsWith(NodeNames.MAPS)) {
                fetched.add(node.name());
            }
        });
        Map<String, float[]> found = explanation.run(fed, fetched);
        FirstRun run = new FirstRun(explanation, fed, found, fixed, jumps);
        counterparts.forEach((original, compiled) -> {
            float[] actual = run.values(compiled);
            scores = Math.max(
                    scores,
                    difference(actual, FirstRun.of(original, expected), actual.length / random.batch(), original));
        });
        checks.forEach(check -> results = results.and(check.run(run)));
        found.forEach((tensor, values) -> {
            if (tensor.startsWith(NodeNames.MAPS)) {
                SelfCheckFailure.requireFinite(values, "the attribution map");
            }
        });
    }

    /** Of the reference layers, and of what the first layers take. */
    private Map<TensorRef, Layout> layouts() {
        Stream<TensorRef> inputs = network.order().stream()
                .filter(Operations::isConvolution)
                .map(Operations::convolved)
                .filter(tensor -> network.dependsOnImage(tensor) && network.convolutions(tensor) == 0)
                .filter(tensor -> !tensor.equals(network.image()));
        return Stream.concat(head.features().stream(), inputs)
                .distinct()
                .collect(Collectors.toMap(tensor -> tensor, network::layout));
    }

    /** What must be the same: tensors of the model as it was read, and of the explanation. */
    private Map<String, String> counterparts() {
        Map<String, String> counterparts = new LinkedHashMap<>();
        counterparts.put(model.originalOutput(), NodeNames.PREDICTIONS);
        if (!head.joinsProbabilities() && holds(model.original(), head.scores().node())) {
            counterparts.put(head.scores().node() + ":" + head.scores().index(), NodeNames.SCORES);
        }
        return counterparts;
    }

    private Map<String, float[]> original(RandomImages random, Set<String> tensors) {
        try (Graph graph = new Graph()) {
            Weights weights = Weights.of(model.original());
            graph.importGraphDef(weights.others());
            try (Tensor images = random.original();
                    Floats original = new Floats(graph, weights)) {
                return original.run(Map.of(model.inputName(), images), tensors);
            }
        }
    }

    private static double difference(float[] actual, float[] expected, int perImage, String tensor) {
        SelfCheckFailure.requireFinite(expected, "the model's own output " + tensor);
        SelfCheckFailure.requireFinite(actual, "the compiled model's " + tensor);
        double largest = SMALL;
        double difference = expected.length > 0 && expected.length % perImage == 0 ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(actual.length, expected.length); i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
        }
        if (difference > SCORES * largest) {
            throw SelfCheckFailure.failed("%s differs from the model's own by %.3g, its largest value is %.3g"
                    .formatted(tensor, difference, largest));
        }
        return difference / largest;
    }

    private static boolean holds(GraphDef graph, String node) {
        return graph.getNodeList().stream().anyMatch(other -> other.getName().equals(node));
    }
}
