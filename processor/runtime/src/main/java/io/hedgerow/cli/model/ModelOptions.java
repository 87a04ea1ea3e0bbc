package io.hedgerow.cli.model;

import io.hedgerow.compiler.ModelCompiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.models.ModelRepository;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which model is explained, and how. */
public final class ModelOptions {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the SavedModel.")
    private Path model = Path.of("");

    @Mixin
    private final CompilingOptions compiling = new CompilingOptions();

    /** What compiles the model, in a process of its own. */
    ModelCompiler compiler() {
        return compiling.compiler();
    }

    /** Explanation SavedModels, from the user's cache or compiled now. */
    public ModelRepository repository(CompileProgress progress) {
        return compiling.repository(progress);
    }

    public Path model() {
        return model;
    }

    public CompileOptions compileOptions() {
        return compiling.options();
    }
}
