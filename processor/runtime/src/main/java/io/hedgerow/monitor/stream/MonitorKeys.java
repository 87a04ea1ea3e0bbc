package io.hedgerow.monitor.stream;

import io.hedgerow.Profile;
import io.hedgerow.ReferenceEntry;
import io.hedgerow.ReferenceRequest;
import io.hedgerow.Verdict;

/** Keys of monitoring's records, by which their topics are compacted: they are API. */
public final class MonitorKeys {
    private MonitorKeys() {}

    /** Model, method, class and the window's start. */
    public static String of(Profile profile) {
        return ModelKey.of(profile.getModel(), profile.getMethod()).id() + "|" + profile.getClassIndex() + "|"
                + profile.getWindowStart().toEpochMilli();
    }

    /** Model, method, class, what the entry is, and of an answer what it is an answer to. */
    public static String of(ReferenceEntry entry) {
        String scope = ModelKey.of(entry.getModel(), entry.getMethod()).id() + "|" + entry.getClassIndex();
        if (entry.getBody() instanceof Verdict verdict) {
            return scope + "|verdict|" + (verdict.getGroupId().isEmpty() ? verdict.getAlertId() : verdict.getGroupId());
        }
        return scope + (entry.getBody() instanceof ReferenceRequest ? "|request" : "|reference");
    }
}
