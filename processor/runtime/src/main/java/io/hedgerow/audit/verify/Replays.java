package io.hedgerow.audit.verify;

import io.hedgerow.AuditEntry;
import io.hedgerow.Prediction;
import java.util.ArrayList;
import java.util.List;

/**
 * Distances of the replayed predictions of one log from the logged ones. A difference says something of the classifier's
 * service and the model, nothing of the log, which may be intact. Single-threaded.
 */
public final class Replays {
    private static final int KEPT = 20;
    private static final float ROUNDING = 1e-4f;
    private static final float SMALL = 0.1f;
    private static final int TELLING = 10;

    private final float tolerance;
    private final List<String> examples = new ArrayList<>();
    private long compared;
    private long different;
    private long small;

    /**
     * Starts with none.
     *
     * @param tolerance how far a replayed score may be from the logged one; of scores over 1, as a fraction of the logged one
     */
    Replays(float tolerance) {
        this.tolerance = tolerance;
    }

    /**
     * What was found.
     *
     * @param compared entries that have a logged and a replayed prediction
     * @param different those further apart than is tolerated
     * @param small those a little apart: more than rounding, less than 0.1
     * @param examples the first that differ, a sentence each
     */
    public record Found(long compared, long different, long small, List<String> examples) {
        /**
         * Whether most differ, but only a little: as where the service decodes JPEG with another decoder than the replay.
         */
        public boolean looksLikeAnotherDecoder() {
            return different > 0 && compared >= TELLING && 2 * small > compared;
        }
    }

    void take(AuditEntry entry, Prediction logged, float difference) {
        compared++;
        float apart = Math.abs(difference) / Math.max(1, Math.abs(logged.getScore()));
        small += apart > ROUNDING && apart < SMALL ? 1 : 0;
        // Written so that NaN differs.
        if (!(apart <= tolerance)) {
            different++;
            if (examples.size() < KEPT) {
                examples.add("entry %d: class %d was logged with %s, replayed %s away from it"
                        .formatted(entry.getIndex(), logged.getClassIndex(), logged.getScore(), difference));
            }
        }
    }

    Found found() {
        return new Found(compared, different, small, List.copyOf(examples));
    }
}
