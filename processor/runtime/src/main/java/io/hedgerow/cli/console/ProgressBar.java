package io.hedgerow.cli.console;

import java.io.PrintWriter;

/** How far long work is: one line that is written over on a terminal, nothing where the output is a file. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH = 30;

    private final PrintWriter terminal;
    private final boolean shown;
    private String written = "";

    public ProgressBar(PrintWriter terminal) {
        this.terminal = terminal;
        // the launcher tells: System.console() means something else from Java 22 on
        this.shown = Boolean.getBoolean("hedgerow.terminal");
    }

    public void show(long done, long all, String note) {
        int filled = (int) (all == 0 ? WIDTH : WIDTH * done / all);
        String line = "[%s%s] %3d %%  %s"
                .formatted("#".repeat(filled), "-".repeat(WIDTH - filled), 100 * done / Math.max(1, all), note);
        if (shown && !line.equals(written)) {
            terminal.print("\r" + line + " ".repeat(Math.max(0, written.length() - line.length())));
            terminal.flush();
            written = line;
        }
    }

    /** Ends the line, so that what follows stands on one of its own. */
    public void end() {
        if (!written.isEmpty()) {
            terminal.println();
            written = "";
        }
    }

    @Override
    public void close() {
        end();
    }
}
