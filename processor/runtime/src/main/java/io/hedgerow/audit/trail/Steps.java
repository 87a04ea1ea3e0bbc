package io.hedgerow.audit.trail;

/** Counts towards a total that is shown, a hundred times at most. */
final class Steps {
    private final VerificationProgress progress;
    private final long all;
    private final String note;
    private long done;
    private long shown;

    Steps(VerificationProgress progress, long all, String note) {
        this.progress = progress;
        this.all = Math.max(1, all);
        this.note = note;
        progress.show(0, this.all, note);
    }

    void add(long steps) {
        to(done + steps);
    }

    void to(long position) {
        done = Math.min(all, position);
        if (done - shown >= all / 100) {
            shown = done;
            progress.show(done, all, note);
        }
    }
}
