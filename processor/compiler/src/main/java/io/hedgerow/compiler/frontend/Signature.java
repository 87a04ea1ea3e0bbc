package io.hedgerow.compiler.frontend;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.graph.TensorProtos;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * The one image input and the one output of the signature that is explained.
 *
 * @param key the signature's key
 * @param inputKey the input's key
 * @param input the tensor that takes the images
 * @param outputKey the output's key
 * @param output the tensor with the classes' scores
 * @param others keys of the signature's outputs that were not chosen
 */
record Signature(
        String key, String inputKey, TensorInfo input, String outputKey, TensorInfo output, List<String> others) {
    /** In order of preference; the second is that of hub modules of TF1. */
    private static final List<String> DEFAULTS = List.of("serving_default", "default");

    private static final String INTERNAL = "__saved_model";
    private static final Set<DataType> SCORES =
            Set.of(DataType.DT_FLOAT, DataType.DT_HALF, DataType.DT_BFLOAT16, DataType.DT_DOUBLE);
    private static final int IMAGE_RANK = 4;
    private static final int SCORES_RANK = 2;

    static Signature choose(MetaGraphDef model, FrontendOptions options) {
        Map<String, SignatureDef> signatures = new TreeMap<>(model.getSignatureDefMap());
        signatures.keySet().removeIf(key -> key.startsWith(INTERNAL));
        String key = key(signatures, options.signature());
        SignatureDef signature = signatures.getOrDefault(key, SignatureDef.getDefaultInstance());
        String inputKey = image(key, signatures);
        String outputKey = scores(key, new TreeMap<>(signature.getOutputsMap()), options.output());
        List<String> others = new ArrayList<>(new TreeMap<>(signature.getOutputsMap()).keySet());
        others.remove(outputKey);
        return new Signature(
                key,
                inputKey,
                signature.getInputsOrThrow(inputKey),
                outputKey,
                signature.getOutputsOrThrow(outputKey),
                others);
    }

    /** Shape of the images as the signature declares it. */
    Shape inputShape() {
        return TensorProtos.shape(input.getTensorShape());
    }

    private static String key(Map<String, SignatureDef> signatures, @Nullable String wanted) {
        List<String> keys = List.copyOf(signatures.keySet());
        if (wanted != null && !signatures.containsKey(wanted)) {
            throw new ModelRefusedException(
                    "there is no signature '%s'; the model has %s".formatted(wanted, list(keys)));
        }
        if (keys.isEmpty()) {
            throw new ModelRefusedException(
                    "the model has no signature: save it with model.export(...), or tf.saved_model.save(...,"
                            + " signatures=...)");
        }
        if (wanted != null) {
            return wanted;
        }
        return DEFAULTS.stream().filter(signatures::containsKey).findFirst().orElseGet(() -> only(keys));
    }

    private static String only(List<String> keys) {
        if (keys.size() > 1) {
            throw new ModelRefusedException("choose one of the model's signatures with --signature: " + list(keys));
        }
        return keys.get(0);
    }

    private static String image(String key, Map<String, SignatureDef> signatures) {
        Map<String, TensorInfo> inputs = inputs(key, signatures);
        List<String> images = images(inputs);
        if (images.size() != 1 && inputs.size() == 1 && inputs.values().stream().allMatch(Signature::isFlat)) {
            return inputs.keySet().iterator().next();
        }
        if (images.size() != 1) {
            List<String> others = signatures.keySet().stream()
                    .filter(other -> images(inputs(other, signatures)).size() == 1)
                    .toList();
            throw new ModelRefusedException(
                    "signature %s must take one batch of images [N, H, W, C], float or integer; its inputs are %s; %s"
                            .formatted(
                                    key,
                                    describe(inputs),
                                    others.isEmpty()
                                            ? "save the model with a signature that takes decoded images"
                                            : "choose another with --signature: " + String.join(", ", others)));
        }
        return images.get(0);
    }

    private static Map<String, TensorInfo> inputs(String key, Map<String, SignatureDef> signatures) {
        return signatures.getOrDefault(key, SignatureDef.getDefaultInstance()).getInputsMap();
    }

    private static List<String> images(Map<String, TensorInfo> inputs) {
        return inputs.entrySet().stream()
                .filter(input -> isImage(input.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static boolean isImage(TensorInfo input) {
        Shape shape = TensorProtos.shape(input.getTensorShape());
        return holdsPixels(input) && (shape.isUnknown() || shape.numDimensions() == IMAGE_RANK);
    }

    /** Whether it may be pictures that the model reshapes itself. */
    private static boolean isFlat(TensorInfo input) {
        int rank = TensorProtos.shape(input.getTensorShape()).numDimensions();
        return holdsPixels(input) && (rank == 2 || rank == 3);
    }

    private static boolean holdsPixels(TensorInfo input) {
        return !input.getName().isEmpty()
                && TensorProtos.elementBytes(input.getDtype()) > 0
                && input.getDtype() != DataType.DT_BOOL;
    }

    private static String scores(String signature, Map<String, TensorInfo> outputs, @Nullable String wanted) {
        if (wanted != null && !outputs.containsKey(wanted)) {
            throw new ModelRefusedException(
                    "signature %s has no output '%s'; it has %s".formatted(signature, wanted, describe(outputs)));
        }
        List<String> scores = outputs.entrySet().stream()
                .filter(output -> SCORES.contains(output.getValue().getDtype())
                        && !output.getValue().getName().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        if (wanted != null && scores.contains(wanted)) {
            return wanted;
        }
        if (scores.isEmpty() || wanted != null) {
            throw new ModelRefusedException(
                    ("the model gives no scores, only labels (signature %s: %s): save it with the scores [N, classes]"
                                    + " that they are chosen by as an output, floats, before any argmax")
                            .formatted(signature, describe(outputs)));
        }
        List<String> matrices = scores.stream()
                .filter(key -> isMatrix(outputs.getOrDefault(key, TensorInfo.getDefaultInstance())))
                .toList();
        if (scores.size() == 1) {
            return scores.get(0);
        }
        if (matrices.size() == 1) {
            return matrices.get(0);
        }
        throw new ModelRefusedException(
                "signature %s must have one output of scores [N, classes], of floats; choose with --output which: its outputs are %s"
                        .formatted(signature, describe(outputs)));
    }

    private static boolean isMatrix(TensorInfo output) {
        Shape shape = TensorProtos.shape(output.getTensorShape());
        return !shape.isUnknown() && shape.numDimensions() == SCORES_RANK;
    }

    private static String describe(Map<String, TensorInfo> tensors) {
        return tensors.isEmpty()
                ? "none"
                : new TreeMap<>(tensors)
                        .entrySet().stream()
                                .map(tensor -> "%s %s %s"
                                        .formatted(
                                                tensor.getKey(),
                                                tensor.getValue().getDtype(),
                                                TensorProtos.shape(
                                                        tensor.getValue().getTensorShape())))
                                .collect(Collectors.joining(", "));
    }

    private static String list(List<String> names) {
        return names.isEmpty() ? "none" : names.stream().sorted().collect(Collectors.joining(", "));
    }
}
