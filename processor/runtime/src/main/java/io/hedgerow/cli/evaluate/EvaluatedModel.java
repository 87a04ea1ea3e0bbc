package io.hedgerow.cli.evaluate;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.runtime.CompiledModel;
import io.hedgerow.compiler.runtime.ForwardPass;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.engine.TensorFlowDevice;
import io.hedgerow.preprocess.ModelInput;
import io.hedgerow.preprocess.ModelYaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The model whose explanations are measured, loaded on the CPU. For one thread. */
final class EvaluatedModel implements AutoCloseable {
    private final ModelYaml yaml;
    private final ExplanationInfo info;
    private final TensorSpec input;
    private final CompiledModel explaining;
    private final ForwardPass forward;

    private EvaluatedModel(
            ModelYaml yaml, ExplanationInfo info, TensorSpec input, CompiledModel explaining, ForwardPass forward) {
        this.yaml = yaml;
        this.info = info;
        this.input = input;
        this.explaining = explaining;
        this.forward = forward;
    }

    static EvaluatedModel load(Path model, Path compiled) throws IOException {
        ModelYaml yaml = ModelYaml.of(model);
        ExplanationInfo info = ExplanationInfo.read(compiled);
        TensorSpec input = ModelInput.of(info, yaml.input(), model);
        try {
            yaml.input().check(input);
        } catch (IllegalArgumentException e) {
            throw new IOException(model.resolve(ModelYaml.FILE) + ": " + e.getMessage(), e);
        }
        CompiledModel explaining = CompiledModel.load(compiled, input, TensorFlowDevice.CPU);
        return new EvaluatedModel(
                yaml, info, input, explaining, ForwardPass.load(compiled, input, TensorFlowDevice.CPU));
    }

    ModelYaml yaml() {
        return yaml;
    }

    ExplanationInfo info() {
        return info;
    }

    TensorSpec input() {
        return input;
    }

    int classes() {
        return info.classes();
    }

    /** Those of the model's own files, else what it brings itself. */
    List<String> labels() {
        return yaml.labels().isEmpty() ? info.labels() : yaml.labels();
    }

    CompiledModel explaining() {
        return explaining;
    }

    ForwardPass forward() {
        return forward;
    }

    @Override
    public void close() {
        forward.close();
        explaining.close();
    }
}
