package io.hedgerow.cli;

import io.hedgerow.compiler.CompileOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how a model is explained. */
final class CompilingOptions {
    @Option(
            names = "--reference-layer",
            paramLabel = "NODE",
            description = "Node where relevance starts: its full name or, if unique, its last path segment"
                    + " (default: the last feature map).")
    private @Nullable String referenceLayer;

    @Option(
            names = "--signature",
            paramLabel = "KEY",
            description = "Signature to explain (default: serving_default, or the only one).")
    private @Nullable String signature;

    @Option(
            names = "--output",
            paramLabel = "KEY",
            description = "Output that holds the classes (default: the only float one of rank 2).")
    private @Nullable String output;

    CompileOptions options() {
        return new CompileOptions(signature, output, referenceLayer);
    }
}
