package io.hedgerow.explain;

import io.hedgerow.compiler.CompileOptions;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.ExplanationInfo;
import io.hedgerow.compiler.ModelRefusedException;
import io.hedgerow.digest.Sha256;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.image.TensorSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compiles models, once for each content and options, and loads them on devices. Thread-safe. */
public final class ModelRepository {
    private final UserCache cache;
    private final Compiler compiler = new Compiler();

    public ModelRepository(UserCache cache) {
        this.cache = cache;
    }

    /**
     * Finds the explanation SavedModel of a model, compiling it if that has not been done before.
     *
     * @param model directory of the user's SavedModel
     * @return directory of the explanation SavedModel
     * @throws ModelRefusedException if the model can't be explained
     * @throws IOException if something can't be read or written
     */
    public Path compiled(Path model, CompileOptions options) throws IOException {
        return cache.entry(
                "explanation-" + Sha256.hex(compiler.fingerprint(model, options)),
                entry -> Files.isRegularFile(entry.resolve(ExplanationInfo.FILE)),
                fresh -> compiler.compile(model, options, fresh));
    }

    /**
     * Loads a model on a device and warms it up.
     *
     * @param limits of its batches
     * @throws ModelRefusedException if the model can't be explained, or model.yaml does not suit it
     * @throws IOException if something can't be read or written
     */
    public LoadedModel load(ModelSource source, TensorFlowDevice device, BatchLimits limits) throws IOException {
        Path directory = compiled(source.directory(), source.options());
        ExplanationInfo info = ExplanationInfo.read(directory);
        TensorSpec input = ModelInput.of(info, source.settings().input(), source.directory());
        try {
            source.settings().input().check(input);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(source.directory().resolve("model.yaml") + ": " + e.getMessage(), e);
        }
        return new LoadedModel(source, CompiledModel.load(directory, input, device), device, limits);
    }
}
