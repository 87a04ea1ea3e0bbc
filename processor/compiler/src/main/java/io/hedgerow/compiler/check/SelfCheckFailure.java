package io.hedgerow.compiler.check;

import io.hedgerow.compiler.api.ModelRefusedException;

/** What is said of a model that fails the self-check. */
public final class SelfCheckFailure {
    private SelfCheckFailure() {}

    /**
     * A refusal.
     *
     * @param what was found
     */
    public static ModelRefusedException failed(String what) {
        return new ModelRefusedException("the self-check failed: " + what
                + "; rather than explained wrongly, the model is refused: another --reference-layer or"
                + " --output may do");
    }

    /**
     * Refuses numbers that aren't finite.
     *
     * @param what they are
     */
    public static void requireFinite(float[] values, String what) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw failed(what + " of a random image is not finite");
            }
        }
    }
}
