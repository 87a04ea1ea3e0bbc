package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.Outputs;
import io.hedgerow.compiler.runtime.TensorSpec;
import java.nio.ByteBuffer;
import java.util.List;

/** A model's forward pass. */
public interface Classifier {
    /** What it takes. */
    TensorSpec input();

    /**
     * Computes a batch.
     *
     * @param images so many tensors one after the other from position 0, in native byte order
     * @return for each what the model says
     */
    List<Outputs> predict(ByteBuffer images, int count);
}
