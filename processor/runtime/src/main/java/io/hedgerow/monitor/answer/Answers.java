package io.hedgerow.monitor.answer;

import io.hedgerow.Alert;
import io.hedgerow.ExplainedModel;
import io.hedgerow.MapGroup;
import io.hedgerow.Method;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceRequest;
import io.hedgerow.Verdict;
import io.hedgerow.VerdictKind;
import java.time.Instant;

/** Makes records of what people say. */
public final class Answers {
    private Answers() {}

    /**
     * An answer to an alert.
     *
     * @param by who answers
     * @param note why
     */
    public static ReferenceEntry verdict(Alert alert, VerdictKind kind, String by, String note, Instant time) {
        MapGroup group = alert.getGroup();
        return ReferenceEntry.newBuilder()
                .setModel(alert.getModel())
                .setMethod(alert.getMethod())
                .setClassIndex(alert.getClassIndex())
                .setLabel(alert.getLabel())
                .setTime(time)
                .setBody(new Verdict(alert.getId(), group == null ? "" : group.getId(), kind, by, note))
                .build();
    }

    /**
     * The wish that what comes from now on be the reference of a class.
     *
     * @param id names the wish, so that it is obeyed once
     * @param by who wishes it
     */
    public static ReferenceEntry request(
            ExplainedModel model, Method method, int classIndex, String label, String id, String by, Instant time) {
        return ReferenceEntry.newBuilder()
                .setModel(model)
                .setMethod(method)
                .setClassIndex(classIndex)
                .setLabel(label)
                .setTime(time)
                .setBody(new ReferenceRequest(id, by))
                .build();
    }
}
