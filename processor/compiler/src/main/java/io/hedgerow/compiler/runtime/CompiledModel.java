package io.hedgerow.compiler.runtime;

import ai.djl.repository.zoo.ZooModel;
import ai.djl.tensorflow.engine.TfSymbolBlock;
import ai.djl.translate.TranslateException;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.Signatures;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.tensorflow.exceptions.TensorFlowException;

/**
 * An explanation SavedModel loaded on a device. Not thread-safe: one thread explains, and closes when it is done, for a
 * model closed under a running batch would take the process down.
 */
public final class CompiledModel implements AutoCloseable {
    private final ExplanationInfo info;
    private final TensorSpec input;
    private final List<ExplanationInfo.Method> methods;
    private final ZooModel<List<AttributionRequest>, List<List<Attribution>>> model;
    private final SplitBatch parts;
    /** By all methods together. */
    private final LoadedSignature all;
    /** By each alone, under its name. */
    private final Map<String, LoadedSignature> each = new LinkedHashMap<>();

    private final ScoringPass scoring;

    private CompiledModel(
            ExplanationInfo info,
            TensorSpec input,
            String signature,
            ZooModel<List<AttributionRequest>, List<List<Attribution>>> model,
            List<PlacedMethod> methods,
            SplitBatch parts) {
        this.info = info;
        this.input = input;
        this.model = model;
        this.methods = methods.stream().map(PlacedMethod::method).toList();
        this.parts = parts;
        this.scoring = new ScoringPass(input, (TfSymbolBlock) model.getBlock(), this::checked);
        this.all = new LoadedSignature(model, signature, input, methods, parts.lanes());
        for (PlacedMethod one : methods) {
            String name = one.method().name();
            // for each set of outputs TensorFlow keeps a plan of its own: of one method there is no second
            each.put(
                    name,
                    methods.size() == 1
                            ? all
                            : new LoadedSignature(model, Signatures.explain(name), input, List.of(one), parts.lanes()));
        }
    }

    /**
     * Loads a compiled model, with all its methods.
     *
     * @param directory of an explanation SavedModel
     * @param input what the model takes, with its free dimensions decided
     * @param device where all of it is computed
     * @throws io.hedgerow.compiler.api.ModelRefusedException if it can't be explained on pictures of that size
     * @throws IOException if it can't be read, or there is no such device
     */
    public static CompiledModel load(Path directory, TensorSpec input, TensorFlowDevice device) throws IOException {
        ExplanationInfo info = ExplanationInfo.read(directory);
        return load(directory, info, info.methods(), Signatures.EXPLAIN, input, device);
    }

    /**
     * Loads a compiled model, with one of its methods.
     *
     * @param directory of an explanation SavedModel
     * @param method its name
     * @param input what the model takes, with its free dimensions decided
     * @param device where all of it is computed
     * @throws IllegalArgumentException if the model was compiled without it
     * @throws io.hedgerow.compiler.api.ModelRefusedException if it can't be explained on pictures of that size
     * @throws IOException if it can't be read, or there is no such device
     */
    public static CompiledModel load(Path directory, String method, TensorSpec input, TensorFlowDevice device)
            throws IOException {
        ExplanationInfo info = ExplanationInfo.read(directory);
        List<ExplanationInfo.Method> methods =
                info.methods().stream().filter(one -> one.name().equals(method)).toList();
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("the model was compiled without %s; it has %s"
                    .formatted(
                            method,
                            info.methods().stream()
                                    .map(ExplanationInfo.Method::name)
                                    .collect(Collectors.joining(", "))));
        }
        return load(directory, info, methods, Signatures.explain(method), input, device);
    }

    private static CompiledModel load(
            Path directory,
            ExplanationInfo info,
            List<ExplanationInfo.Method> methods,
            String signature,
            TensorSpec input,
            TensorFlowDevice device)
            throws IOException {
        ModelLoader loader = new ModelLoader(directory, device);
        List<PlacedMethod> placed = PlacedMethod.of(info, methods, directory, input);
        return new CompiledModel(
                info, input, signature, loader.load(signature, input, placed), placed, SplitBatch.on(device));
    }

    public ExplanationInfo info() {
        return info;
    }

    public TensorSpec input() {
        return input;
    }

    /** The methods that it was loaded with; a request that names none is explained by the first. */
    public List<ExplanationInfo.Method> methods() {
        return methods;
    }

    /**
     * Explains a batch, each request by the method that it names, those of one method together; of requests without classes only
     * the scores are computed, by the forward pass alone.
     *
     * @return for each request its attribution; a batch gives what its images give one by one
     * @throws IllegalArgumentException if the model was loaded without a method that a request names
     * @throws TranslateException if TensorFlow fails
     * @throws ArithmeticException if scores or maps aren't finite
     */
    public List<Attribution> apply(List<AttributionRequest> requests) throws TranslateException {
        Attribution[] attributions = new Attribution[requests.size()];
        scoring.score(requests, attributions);
        Map<String, List<Integer>> byMethod = new LinkedHashMap<>();
        for (int i = 0; i < requests.size(); i++) {
            if (requests.get(i).classes().length == 0) {
                continue;
            }
            String asked = requests.get(i).method();
            byMethod.computeIfAbsent(asked.isEmpty() ? methods.get(0).name() : asked, name -> new ArrayList<>())
                    .add(i);
        }
        for (Map.Entry<String, List<Integer>> group : byMethod.entrySet()) {
            LoadedSignature alone = each.get(group.getKey());
            if (alone == null) {
                throw new IllegalArgumentException("the model was loaded without %s; it has %s"
                        .formatted(group.getKey(), String.join(", ", each.keySet())));
            }
            List<List<Attribution>> explained =
                    explain(alone, group.getValue().stream().map(requests::get).toList());
            for (int i = 0; i < explained.size(); i++) {
                attributions[group.getValue().get(i)] = explained.get(i).get(0);
            }
        }
        return Arrays.asList(attributions);
    }

    /** What TensorFlow gave, for both classes where it is of one of two. */
    private Attribution checked(Attribution attribution) {
        attribution.requireFinite();
        return info.classes() == 2
                ? attribution.ofTwoClasses(OutputKinds.of(info.output().kind()))
                : attribution;
    }

    /**
     * Explains a batch by all methods that the model was loaded with, in one forward pass.
     *
     * @param requests each with at least one class
     * @return for each request its attributions, in the order of {@link #methods}
     * @throws TranslateException if TensorFlow fails
     * @throws ArithmeticException if scores or maps aren't finite
     */
    public List<List<Attribution>> applyAll(List<AttributionRequest> requests) throws TranslateException {
        return explain(all, requests);
    }

    private List<List<Attribution>> explain(LoadedSignature signature, List<AttributionRequest> requests)
            throws TranslateException {
        List<List<Attribution>> attributions;
        int maps = requests.stream()
                .mapToInt(request -> request.classes().length)
                .max()
                .orElseThrow();
        try {
            attributions = parts.compute(
                    requests.size(), maps, (lane, from, to) -> signature.run(lane, requests.subList(from, to)));
        } catch (TensorFlowException e) {
            throw new TranslateException(e.getMessage(), e);
        }
        return attributions.stream()
                .map(ofImage -> ofImage.stream().map(this::checked).toList())
                .toList();
    }

    @Override
    public void close() {
        parts.close();
        all.close();
        each.values().forEach(LoadedSignature::close);
        model.close();
    }
}
