package io.hedgerow.cli;

import io.hedgerow.compiler.CompileOptions;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which model is explained, and how. */
final class ModelOptions {
    @Option(names = "--model", required = true, paramLabel = "DIR", description = "Folder of the SavedModel.")
    private Path model = Path.of("");

    @Mixin
    private final CompilingOptions compiling = new CompilingOptions();

    Path model() {
        return model;
    }

    CompileOptions compileOptions() {
        return compiling.options();
    }
}
