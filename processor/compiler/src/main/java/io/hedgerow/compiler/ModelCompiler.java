package io.hedgerow.compiler;

import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import java.io.IOException;
import java.nio.file.Path;

/** Makes explanation SavedModels, in this process or in another one. Thread-safe. */
public interface ModelCompiler {

    /**
     * Compiles a classifier.
     *
     * @param model directory of a SavedModel
     * @param options what to explain and how
     * @param out directory to write to; created, or empty
     * @param progress told what is being done
     * @return what was found and made, also written to {@value ExplanationInfo#FILE} there
     * @throws ModelRefusedException if the model can't be explained
     * @throws IOException if something can't be read or written
     */
    ExplanationInfo compile(Path model, CompileOptions options, Path out, CompileProgress progress) throws IOException;

    /** The same, without a word on the way. */
    default ExplanationInfo compile(Path model, CompileOptions options, Path out) throws IOException {
        return compile(model, options, out, CompileProgress.NONE);
    }
}
