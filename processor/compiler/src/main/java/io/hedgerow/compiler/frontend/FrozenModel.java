package io.hedgerow.compiler.frontend;

import java.util.List;
import java.util.Map;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;

/**
 * A classifier as one flat graph from its image input to its own output. Immutable.
 *
 * @param graph nodes in topological order, with no functions, variables, control flow, control inputs or identities;
 *     weights are {@code Const}; everything in it is needed for the output
 * @param original the same before anything in it was folded or rewritten: checked, inlined, with its weights, and without
 *     what was bypassed
 * @param originalOutput the output there, as {@code node:port}
 * @param inputName the {@code Placeholder} that takes the images
 * @param inputType element type of the images
 * @param inputShape N, H, W, C, with -1 for what is unknown
 * @param inputKey the input's key in the signature
 * @param outputTensor the model's own output, as {@code node:0}
 * @param outputShape the output's shape as far as TensorFlow infers it, mostly N, classes; -1 for what is unknown
 * @param outputKey the output's key in the signature
 * @param signatureKey the signature's key
 * @param aliases names of identities that were left out, and the tensors that they stand for, as {@code node:port}
 * @param digest SHA-256 of the model's files, in lower-case hex
 * @param dropped what was left out, a sentence each
 * @param labels the lines of {@code labels.txt} in the model's directory; empty if there is none
 */
public record FrozenModel(
        GraphDef graph,
        GraphDef original,
        String originalOutput,
        String inputName,
        DataType inputType,
        Shape inputShape,
        String inputKey,
        String outputTensor,
        Shape outputShape,
        String outputKey,
        String signatureKey,
        Map<String, String> aliases,
        String digest,
        List<String> dropped,
        List<String> labels) {}
