package io.hedgerow.cli;

/** Counts towards a total that a progress bar shows, a hundred times at most. */
final class Steps {
    private final ProgressBar bar;
    private final long all;
    private final String note;
    private long done;
    private long shown;

    Steps(ProgressBar bar, long all, String note) {
        this.bar = bar;
        this.all = Math.max(1, all);
        this.note = note;
        bar.show(0, this.all, note);
    }

    void add(long steps) {
        to(done + steps);
    }

    void to(long position) {
        done = Math.min(all, position);
        if (done - shown >= all / 100) {
            shown = done;
            bar.show(done, all, note);
        }
    }
}
