package io.hedgerow.evaluate.methods;

import io.hedgerow.attribution.SignedMap;
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

    /**
     * Explains pictures.
     *
     * @return for each picture a map for each of its classes, placed on the tensor as if that were its image; one with a value
     *     that is not finite where there is none
     */
    List<List<SignedMap>> maps(List<Subject> subjects);
}
