package io.hedgerow.cli.console;

/** Counts towards a total that a progress bar shows, a hundred times at most. */
public final class Steps {
    private final ProgressBar bar;
    private final long all;
    private final String note;
    private long done;
    private long shown;

    public Steps(ProgressBar bar, long all, String note) {
        this.bar = bar;
        this.all = Math.max(1, all);
        this.note = note;
        bar.show(0, this.all, note);
    }

    public void add(long steps) {
        to(done + steps);
    }

    public void to(long position) {
        done = Math.min(all, position);
        if (done - shown >= all / 100) {
            shown = done;
            bar.show(done, all, note);
        }
    }
}
