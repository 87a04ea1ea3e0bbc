package io.hedgerow.evaluate.methods;

import io.hedgerow.evaluate.perturbation.Subject;
import java.util.List;
import java.util.Map;

/** Makes maps of pictures. For one thread. */
public interface Method {
    /** As the command line and reports call it. */
    String key();

    /** Raised whenever its maps change. */
    String version();

    /** Its settings, for the report. */
    Map<String, Object> parameters();

    /** Whether it knows nothing of the model: what others have to be better than. */
    default boolean isControl() {
        return false;
    }

    /** Whether it has to know what the model says of a picture before. */
    default boolean needsOutputs() {
        return false;
    }

    /** Whether its maps sum to what a class's score gains over that of the picture's mean colour. */
    default boolean hasBaseline() {
        return false;
    }

    /** Explains pictures, each of which has at least one class. */
    List<Explained> explain(List<Subject> subjects);
}
