package io.hedgerow.audit.trail;

/** Is told how far a verification has come, by the thread that verifies. */
@FunctionalInterface
public interface VerificationProgress {
    /** Nobody is told. */
    VerificationProgress NONE = (done, all, log) -> {};

    /**
     * Takes a step of one log.
     *
     * @param done what is behind, 0 to {@code all}
     * @param all what there is, at least 1
     * @param log which log, and how many there are
     */
    void show(long done, long all, String log);
}
