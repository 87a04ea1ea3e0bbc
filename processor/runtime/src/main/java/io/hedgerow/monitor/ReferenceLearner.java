package io.hedgerow.monitor;

import io.hedgerow.ExplainedModel;
import io.hedgerow.Method;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceOrigin;
import java.util.List;

/** Makes references of a model apart from its stream: from a span of time or a folder of pictures. Not thread-safe. */
@SuppressWarnings("DoNotCallSuggester")
public final class ReferenceLearner {
    /**
     * Begins.
     *
     * @param origin where the windows come from
     */
    public ReferenceLearner(ExplainedModel model, Method method, MonitorSettings settings, ReferenceOrigin origin) {}

    /** Learns from a window; they come in order of time. Of a folder all pictures make one window. */
    public void add(Window window) {
        throw new UnsupportedOperationException();
    }

    /** The references of all classes together and of each class with enough maps, and nothing of the others. */
    public List<ReferenceEntry> entries() {
        throw new UnsupportedOperationException();
    }
}
