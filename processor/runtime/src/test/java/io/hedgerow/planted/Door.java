package io.hedgerow.planted;

import ai.djl.translate.TranslateException;
import io.hedgerow.attribution.SignedMap;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.preprocess.ModelInput;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Explains a picture's top class as {@code hedgerow explain} does, but compiles in this process. */
final class Door {
    private final Compiler compiler = new Compiler();

    /** What of one picture came out. */
    record Explained(int index, SignedMap map) {}

    /**
     * Explains.
     *
     * @param method by what
     * @param out folder of the compiled model, that isn't there yet
     */
    Explained explain(Path model, DecodedImage picture, String method, Path out)
            throws IOException, TranslateException {
        ExplanationInfo info = compiler.compile(model, CompileOptions.DEFAULT.with(method), out);
        ModelYaml yaml = ModelYaml.of(model);
        TensorSpec spec = ModelInput.of(info, yaml.input(), picture, model);
        ImageTensor tensor;
        try {
            tensor = yaml.input().apply(picture, spec);
        } catch (IllegalArgumentException e) {
            throw new ModelRefusedException(e.getMessage(), e);
        }
        try (CompiledModel loaded = CompiledModel.load(out, spec, TensorFlowDevice.CPU)) {
            Attribution attribution = loaded.apply(
                            List.of(new AttributionRequest(tensor, new int[] {AttributionRequest.TOP})))
                    .get(0);
            return new Explained(attribution.classes()[0], attribution.map(0, tensor.toImage()));
        }
    }
}
