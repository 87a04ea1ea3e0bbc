package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.frontend.FrozenModel;
import io.hedgerow.compiler.graph.Head;
import io.hedgerow.compiler.graph.Layout;
import io.hedgerow.compiler.graph.Network;
import io.hedgerow.compiler.graph.TensorRef;
import io.hedgerow.compiler.method.ExplanationGraph;
import io.hedgerow.compiler.method.GraphCheck;
import io.hedgerow.compiler.method.Invariant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.Graph;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Runs an explanation on random images and compares: its scores with those of the model as it was read, before anything
 * was folded or rewritten, and alone with those in a batch; the head's gradient with finite differences; each layer's
 * relevance with the sums that the method states. Everything must be finite. Not thread-safe.
 */
public final class SelfCheck implements GraphCheck {
    /** Of the largest score, or of 1 if that is more: float32's rounding through a hundred layers that were folded otherwise. */
    private static final double SCORES = 1e-3;

    private static final float RATIO = 1.5f;

    private final FrozenModel model;
    private final Network network;
    private final Head head;
    private final RelevanceCheck sums;
    private double scores;
    private double gradient;
    private final List<String> warnings = new ArrayList<>();

    /**
     * A check of one explanation.
     *
     * @param model as it was read
     * @param network the same, frozen
     * @param head where explaining starts
     * @param precision of the convolutions that explain
     */
    public SelfCheck(FrozenModel model, Network network, Head head, Precision precision) {
        this.model = model;
        this.network = network;
        this.head = head;
        this.sums = new RelevanceCheck(precision);
    }

    /** The largest differences found, and what could not be checked. */
    public ExplanationInfo.SelfCheck findings() {
        return new ExplanationInfo.SelfCheck(scores, gradient, sums.furthest(), sums.layers(), List.copyOf(warnings));
    }

    @Override
    public void check(Graph graph, List<Invariant> invariants) {
        RandomImages random = new RandomImages(model, network, ExplanationGraph.scoreCount(network, head));
        MemoryCheck.run(network, random);
        Map<TensorRef, Layout> layouts = layouts();
        try (Forward forward = new Forward(graph, model.inputName(), Forward.SCORES, layouts.keySet())) {
            BatchCheck.run(forward, random, head.features());
            LayoutCheck.run(forward, random, layouts, head.features()).ifPresent(warnings::add);
        }
        try (Tensor images = random.tensor();
                Floats explanation = new Floats(graph);
                TInt32 asked = TInt32.tensorOf(Shape.of(random.batch(), random.classes()), t -> t.scalars()
                        .forEachIndexed((i, s) -> s.setInt((int) i[1])));
                TFloat32 ratios = TFloat32.tensorOf(
                        Shape.of(random.batch()), t -> t.scalars().forEach(s -> s.setFloat(RATIO)))) {
            Map<String, Tensor> fed = new HashMap<>();
            fed.put(model.inputName(), images);
            fed.put(ExplanationGraph.CLASSES, asked);
            fed.put(ExplanationGraph.RATIOS, ratios);
            Map<String, String> counterparts = counterparts();
            Map<String, float[]> expected = original(random, counterparts.keySet());
            List<String> fixed = fixed(graph);
            Set<String> fetched = fetched(counterparts.values(), invariants);
            fetched.addAll(fixed);
            graph.operations().forEachRemaining(node -> {
                if (node.name().startsWith(ExplanationGraph.MAPS)) {
                    fetched.add(node.name());
                }
            });
            Map<String, float[]> found = explanation.run(fed, fetched);
            counterparts.forEach((original, compiled) -> {
                float[] actual = of(compiled, found);
                scores = Math.max(
                        scores, difference(actual, of(original, expected), actual.length / random.batch(), original));
            });
            sums.run(invariants, found);
            found.forEach((tensor, values) -> {
                if (tensor.startsWith(ExplanationGraph.MAPS)) {
                    requireFinite(values, "the attribution map");
                }
            });
            List<StartCheck.Layer> layers = layers(explanation, found);
            StartCheck.run(layers);
            fed.put(ExplanationGraph.RESOLVED_CLASSES, asked);
            gradient = new GradientCheck(
                            explanation, fed, of(ExplanationGraph.EXPLAINED, found), values(fixed, explanation, found))
                    .run(layers);
        }
    }

    /** Of the reference layers, and of what the first layers take. */
    private Map<TensorRef, Layout> layouts() {
        Stream<TensorRef> inputs = network.order().stream()
                .filter(Network::isConvolution)
                .map(Network::convolved)
                .filter(tensor -> network.dependsOnImage(tensor) && network.convolutions(tensor) == 0)
                .filter(tensor -> !tensor.equals(network.image()));
        return Stream.concat(head.features().stream(), inputs)
                .distinct()
                .collect(Collectors.toMap(tensor -> tensor, network::layout));
    }

    private List<StartCheck.Layer> layers(Floats explanation, Map<String, float[]> found) {
        return IntStream.range(0, head.references().size())
                .mapToObj(i -> new StartCheck.Layer(
                        of(ExplanationGraph.reference(i), found),
                        of(ExplanationGraph.gradient(i), found),
                        of(ExplanationGraph.start(i), found),
                        explanation.shape(ExplanationGraph.reference(i)),
                        network.layout(head.features().get(i)).space()))
                .toList();
    }

    /** Held fixed where the method holds them: networks' shares, and what rounding adds. */
    private List<String> fixed(Graph graph) {
        List<String> fixed = new ArrayList<>(ExplanationGraph.roundings(graph));
        for (int i = 0; i < head.probabilities().size(); i++) {
            fixed.add(ExplanationGraph.share(i));
        }
        return fixed;
    }

    private static Map<String, GradientCheck.Fixed> values(
            List<String> tensors, Floats explanation, Map<String, float[]> found) {
        Map<String, GradientCheck.Fixed> values = new HashMap<>();
        tensors.forEach(name -> values.put(name, new GradientCheck.Fixed(of(name, found), explanation.shape(name))));
        return values;
    }

    /** What must be the same: tensors of the model as it was read, and of the explanation. */
    private Map<String, String> counterparts() {
        Map<String, String> counterparts = new LinkedHashMap<>();
        counterparts.put(model.originalOutput(), ExplanationGraph.PREDICTIONS);
        if (!head.joinsProbabilities() && holds(model.original(), head.scores().node())) {
            counterparts.put(head.scores().node() + ":" + head.scores().index(), ExplanationGraph.SCORES);
        }
        return counterparts;
    }

    private Map<String, float[]> original(RandomImages random, Set<String> tensors) {
        try (Graph graph = new Graph()) {
            graph.importGraphDef(model.original());
            try (Tensor images = random.original();
                    Floats original = new Floats(graph)) {
                return original.run(Map.of(model.inputName(), images), tensors);
            }
        }
    }

    private Set<String> fetched(Collection<String> compiled, List<Invariant> invariants) {
        Set<String> fetched = new LinkedHashSet<>(List.of(ExplanationGraph.EXPLAINED));
        for (int i = 0; i < head.references().size(); i++) {
            fetched.addAll(
                    List.of(ExplanationGraph.reference(i), ExplanationGraph.gradient(i), ExplanationGraph.start(i)));
        }
        fetched.addAll(compiled);
        for (Invariant invariant : invariants) {
            fetched.addAll(List.of(invariant.actual(), invariant.expected(), invariant.scale()));
        }
        return fetched;
    }

    private static double difference(float[] actual, float[] expected, int perImage, String tensor) {
        requireFinite(expected, "the model's own output " + tensor);
        requireFinite(actual, "the compiled model's " + tensor);
        double largest = 1;
        double difference = expected.length > 0 && expected.length % perImage == 0 ? 0 : Double.POSITIVE_INFINITY;
        for (int i = 0; i < Math.min(actual.length, expected.length); i++) {
            largest = Math.max(largest, Math.abs(expected[i]));
            difference = Math.max(difference, Math.abs((double) actual[i] - expected[i]));
        }
        if (difference > SCORES * largest) {
            throw failed("%s differs from the model's own by %.3g, its largest value is %.3g"
                    .formatted(tensor, difference, largest));
        }
        return difference / largest;
    }

    static float[] of(String tensor, Map<String, float[]> found) {
        float[] values = found.get(tensor);
        if (values == null) {
            throw new IllegalStateException(tensor + " was not fetched");
        }
        return values;
    }

    private static boolean holds(GraphDef graph, String node) {
        return graph.getNodeList().stream().anyMatch(other -> other.getName().equals(node));
    }

    static void requireFinite(float[] values, String what) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw failed(what + " of a random image is not finite");
            }
        }
    }

    static ModelRefusedException failed(String what) {
        return new ModelRefusedException("the self-check failed: " + what
                + "; rather than explained wrongly, the model is refused: another --reference-layer or"
                + " --output may do");
    }
}
