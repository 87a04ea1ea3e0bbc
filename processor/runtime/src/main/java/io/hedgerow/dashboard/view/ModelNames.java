package io.hedgerow.dashboard.view;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.monitor.stream.ModelKey;

/** Keys of models in the page's addresses: name, version, and digests of the model's files and of the method. */
public final class ModelNames {
    private static final int DIGITS = 12;
    private static final int METHOD_DIGITS = 8;

    /** Of a name: the digests tell apart what addresses have no room for. */
    private static final int LONGEST = 60;

    private ModelNames() {}

    /** Names a model explained by a method. */
    public static String key(ExplainedModel model, Method method) {
        String id = ModelKey.of(model, method).id();
        int bar = id.indexOf('|');
        return Words.cut(model.getName(), LONGEST) + "@" + Words.cut(model.getVersion(), LONGEST) + "#"
                + id.substring(0, Math.min(DIGITS, bar)) + "-"
                + id.substring(bar + 1, Math.min(id.length(), bar + 1 + METHOD_DIGITS));
    }
}
