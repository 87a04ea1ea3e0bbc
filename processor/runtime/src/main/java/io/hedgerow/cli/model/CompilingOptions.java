package io.hedgerow.cli.model;

import io.hedgerow.compiler.Methods;
import io.hedgerow.compiler.ModelCompiler;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.api.Precision;
import io.hedgerow.compiler.process.ChildCompiler;
import io.hedgerow.config.Units;
import io.hedgerow.engine.UserCache;
import io.hedgerow.models.ModelRepository;
import java.time.Duration;
import java.util.Iterator;
import java.util.function.Function;
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

    @Option(
            names = "--method",
            paramLabel = "NAME",
            converter = MethodConverter.class,
            completionCandidates = MethodNames.class,
            description = "Method that explains: one of ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private String method = Methods.names().get(0);

    @Option(
            names = "--compile-bytes",
            paramLabel = "SIZE",
            converter = Size.class,
            description = "Most memory for compiling, in a process of its own, such as 512MB (default: 8GB).")
    private long compileBytes = CompileLimits.DEFAULT.bytes();

    @Option(
            names = "--compile-timeout",
            paramLabel = "TIME",
            converter = Time.class,
            description = "How long compiling may take, such as 90s (default: 5m).")
    private Duration compileTimeout = CompileLimits.DEFAULT.time();

    private static final class Size implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return converted(text, Units::bytes, "a size, such as 512MB or 8GB");
        }
    }

    private static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return converted(text, Units::duration, "a duration, such as 90s or 5m");
        }
    }

    private static <T> T converted(String text, Function<String, T> units, String expected) {
        try {
            return units.apply(text);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new TypeConversionException("'%s' is not %s".formatted(text, expected));
        }
    }

    /** What compiles the model, in a process of its own. */
    ModelCompiler compiler() {
        return new ChildCompiler(new CompileLimits(compileBytes, compileTimeout));
    }

    /** Explanation SavedModels, from the user's cache or compiled now. */
    ModelRepository repository(CompileProgress progress) {
        return new ModelRepository(UserCache.of(System.getenv()), compiler(), progress);
    }

    CompileOptions options() {
        return new CompileOptions(signature, output, referenceLayer, precision).with(method);
    }

    /** What the help lists. */
    private static final class MethodNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Methods.names().iterator();
        }
    }

    private static final class MethodConverter implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            if (!Methods.names().contains(text)) {
                throw new TypeConversionException(
                        "'%s' is no method; there are %s".formatted(text, String.join(", ", Methods.names())));
            }
            return text;
        }
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
