package io.hedgerow.audit.log;

import java.util.Locale;

/**
 * Something that is wrong with a log, or with what it accounts for.
 *
 * @param origin of the log
 * @param index of the entry that it begins with; of a checkpoint its size; -1 if it is about neither
 * @param message what is wrong, where, in one sentence
 */
public record Problem(Kind kind, String origin, long index, String message) {
    /** What may be wrong. */
    public enum Kind {
        /** An entry is not what was signed. */
        ENTRY_ALTERED,
        /** An entry is not there, others that come after it are. */
        ENTRY_MISSING,
        /** An entry is there again. */
        ENTRY_REPEATED,
        /** An entry stands in another's place. */
        ENTRY_MOVED,
        /** Something is there that was never part of the log. */
        ENTRY_INSERTED,
        /** The log ends before a checkpoint of it. */
        TAIL_CUT,
        /** A checkpoint is malformed, or not signed by the key. */
        CHECKPOINT_FORGED,
        /** A checkpoint is another log's. */
        CHECKPOINT_FOREIGN,
        /** A checkpoint comes again, or after a later one. */
        CHECKPOINT_REPLAYED,
        /** Two checkpoints of one size have different roots: the signer signed two histories. */
        CHECKPOINT_FORKED,
        /** What stands beside a checkpoint does not belong to it. */
        CHECKPOINT_ALTERED,
        /** An explanation record is not the one that was written. */
        EXPLANATION_REWRITTEN,
        /** An explanation record that no entry speaks of. */
        EXPLANATION_UNKNOWN,
        /** An input record without an entry. */
        INPUT_UNACCOUNTED,
        /** An entry about an input record that is not there. */
        INPUT_UNKNOWN,
        /** An entry contradicts the one before it, or itself. */
        ENTRY_INCONSISTENT;

        /** The kind in words. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    @Override
    public String toString() {
        return "%s: %s: %s".formatted(origin, kind.words(), message);
    }
}
