package io.hedgerow.evaluate.randomisation;

import io.hedgerow.evaluate.methods.Explained;
import io.hedgerow.evaluate.perturbation.Subject;
import java.util.List;
import java.util.Map;

/** A model whose layers forget what they learned, stage by stage from the output down. For one thread. */
public interface RandomisedModels {
    /** Which share of the layers has forgotten at each stage: ascending, at the last one all. */
    List<Double> shares();

    /**
     * Explains pictures by the model at a stage.
     *
     * @param draw of what takes the place of what was learned, from 0
     * @return by method what it makes of each of the pictures; empty if such a model can't be explained
     */
    Map<String, List<Explained>> explain(int stage, int draw, List<Subject> subjects);
}
