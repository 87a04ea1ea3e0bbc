package io.hedgerow.cli;

import io.hedgerow.compiler.CompileOptions;
import io.hedgerow.compiler.Precision;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

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

    @Option(
            names = "--precision",
            paramLabel = "FORMAT",
            converter = PrecisionConverter.class,
            description = "Number format of the convolutions that explain: float32 or bfloat16, for a CPU with"
                    + " AVX512_BF16 or AMX; scores are always float32 (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.FLOAT32;

    CompileOptions options() {
        return new CompileOptions(signature, output, referenceLayer, precision);
    }

    private static final class PrecisionConverter implements ITypeConverter<Precision> {
        @Override
        public Precision convert(String text) {
            try {
                return Precision.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
