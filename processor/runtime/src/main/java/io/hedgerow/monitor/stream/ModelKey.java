package io.hedgerow.monitor.stream;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.digest.Sha256;
import java.util.TreeMap;

/**
 * A model explained by a method: what is monitored apart from all else.
 *
 * @param id names it: the model's digest, and one of the method
 */
public record ModelKey(String id, ExplainedModel model, Method method) {
    private static final int DIGITS = 16;

    /** Takes what was explained, and how. */
    public static ModelKey of(ExplainedModel model, Method method) {
        String text = method.getName() + "/" + method.getVersion() + "/" + method.getRatio() + "/"
                + method.getReferenceLayer() + "/" + method.getPrecision() + "/"
                + new TreeMap<>(method.getParameters());
        return new ModelKey(model.getSha256() + "|" + Sha256.hex(text).substring(0, DIGITS), model, method);
    }
}
