package io.hedgerow.cli.evaluate;

import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.evaluate.run.Evaluation;
import java.io.PrintWriter;
import java.util.List;

/** How far an evaluation is, and about how long it still takes: a bar on a terminal, else a line a minute. */
final class EvaluateProgress implements Evaluation.Progress, AutoCloseable {
    private static final double LINE_SECONDS = 60;

    private final PrintWriter err;
    private final ProgressBar bar;
    private final boolean isVerbose;
    private final long start = System.nanoTime();
    private int first = -1;
    private double said;

    EvaluateProgress(PrintWriter err, boolean isVerbose) {
        this.err = err;
        this.bar = new ProgressBar(err);
        this.isVerbose = isVerbose;
    }

    @Override
    public void batch(int done, int all, List<String> trials) {
        if (isVerbose) {
            bar.end();
            trials.forEach(err::println);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        if (first < 0) {
            // what was done before this run says nothing of its speed
            first = Math.max(0, done - 8);
        }
        double left = seconds * (all - done) / Math.max(1, done - first);
        String note = "%d of %d pictures, about %s left".formatted(done, all, text(left));
        bar.show(done, all, note);
        if (!Boolean.getBoolean("hedgerow.terminal") && seconds - said >= LINE_SECONDS) {
            said = seconds;
            err.println(note);
        }
        err.flush();
    }

    private static String text(double seconds) {
        return seconds < 100
                ? "%.0f s".formatted(seconds)
                : seconds < 6000 ? "%.0f min".formatted(seconds / 60) : "%.1f h".formatted(seconds / 3600);
    }

    @Override
    public void close() {
        bar.close();
    }
}
