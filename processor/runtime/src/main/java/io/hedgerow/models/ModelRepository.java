package io.hedgerow.models;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.ModelCompiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchLimits;
import io.hedgerow.digest.Sha256;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.engine.UserCache;
import io.hedgerow.preprocess.ModelInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles models, once for each content and options, and loads them on devices. Thread-safe. */
public final class ModelRepository {
    private static final Logger log = LoggerFactory.getLogger(ModelRepository.class);

    private final UserCache cache;
    private final ModelCompiler compiler;
    private final CompileProgress progress;

    /**
     * @param cache holds what was compiled before
     * @param compiler makes what it lacks
     * @param progress told how far the compiler has come
     */
    public ModelRepository(UserCache cache, ModelCompiler compiler, CompileProgress progress) {
        this.cache = cache;
        this.compiler = compiler;
        this.progress = progress;
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
                "explanation-" + Sha256.hex(Compiler.fingerprint(model, options)),
                entry -> Files.isRegularFile(entry.resolve(ExplanationInfo.FILE)),
                fresh -> compiler.compile(model, options, fresh, progress));
    }

    /**
     * Loads a model on a device and warms it up: batch sizes are tried, whatever was found before.
     *
     * @param limits of its batches
     * @throws ModelRefusedException if the model can't be explained, or model.yaml does not suit it
     * @throws IOException if something can't be read or written
     */
    public LoadedModel load(ModelSource source, TensorFlowDevice device, BatchLimits limits) throws IOException {
        return load(source, device, limits, Long.MAX_VALUE, false);
    }

    /**
     * Loads a model on a device and warms it up, with batches that fit into memory; of the size that was found at an earlier
     * start, if there was one.
     *
     * @param limits of its batches
     * @param memory bytes for one batch's tensors, from which smaller batches may follow
     * @throws ModelRefusedException if the model can't be explained, or model.yaml does not suit it
     * @throws IOException if something can't be read or written
     */
    public LoadedModel load(ModelSource source, TensorFlowDevice device, BatchLimits limits, long memory)
            throws IOException {
        return load(source, device, limits, memory, true);
    }

    private LoadedModel load(
            ModelSource source, TensorFlowDevice device, BatchLimits limits, long memory, boolean isTrusted)
            throws IOException {
        Path directory = compiled(source.directory(), source.options());
        ExplanationInfo info = ExplanationInfo.read(directory);
        TensorSpec input = ModelInput.of(info, source.settings().input(), source.directory());
        try {
            source.settings().input().check(input);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(source.directory().resolve("model.yaml") + ": " + e.getMessage(), e);
        }
        BatchLimits fitting = limits.fitting(info.bytesPerImage(), memory);
        if (fitting.size() < limits.size()) {
            log.info(
                    "model {}: batches of {} images instead of {}, for each takes up to {} MB; batch.memory or batch.size"
                            + " changes that",
                    source.name(),
                    fitting.size(),
                    limits.size(),
                    info.bytesPerImage() / 1_000_000);
        }
        PrecisionCheck.warn(source.name(), info.precision(), device);
        KnownBatch known = new KnownBatch(directory, input, device, fitting.size());
        return new LoadedModel(source, CompiledModel.load(directory, input, device), device, fitting, known, isTrusted);
    }
}
