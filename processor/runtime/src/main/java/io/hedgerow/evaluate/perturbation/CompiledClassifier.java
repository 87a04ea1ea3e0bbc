package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.ForwardPass;
import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;

/** The forward pass of a compiled model. */
public final class CompiledClassifier implements Classifier {
    private final ForwardPass pass;

    public CompiledClassifier(ForwardPass pass) {
        this.pass = pass;
    }

    @Override
    public TensorSpec input() {
        return pass.input();
    }

    @Override
    public List<Outputs> predict(ByteBuffer images, int count) {
        return pass.predict(images, count);
    }
}
