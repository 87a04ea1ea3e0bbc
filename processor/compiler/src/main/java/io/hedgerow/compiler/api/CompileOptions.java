package io.hedgerow.compiler.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user may choose about an explanation.
 *
 * @param signature key of the model's signature; null: {@code serving_default}, or the only one
 * @param output key of the signature's output that holds the classes; null: the only one, or the only float one of rank 2
 * @param referenceLayer a node's full name or, if unique, its last path segment; null: the last feature map before space
 *     is collapsed
 * @param precision of the convolutions that explain
 * @param methods names of those that explain, the first one unless another is asked for; empty: the usual one
 */
public record CompileOptions(
        @Nullable String signature,
        @Nullable String output,
        @Nullable String referenceLayer,
        Precision precision,
        List<String> methods) {
    /** Everything as the model suggests. */
    public static final CompileOptions DEFAULT = new CompileOptions(null, null, null, Precision.FLOAT32);

    public CompileOptions {
        methods = List.copyOf(methods);
    }

    /** With the usual method. */
    public CompileOptions(
            @Nullable String signature, @Nullable String output, @Nullable String referenceLayer, Precision precision) {
        this(signature, output, referenceLayer, precision, List.of());
    }

    /** The same with other methods, by name: their forward pass is one. */
    public CompileOptions with(String... methods) {
        return new CompileOptions(signature, output, referenceLayer, precision, List.of(methods));
    }

    /** One line that tells options apart; part of what compiled models are cached under. */
    public String fingerprint() {
        return "signature=" + signature + ";output=" + output + ";referenceLayer=" + referenceLayer + ";precision="
                + precision + ";methods=" + methods;
    }
}
