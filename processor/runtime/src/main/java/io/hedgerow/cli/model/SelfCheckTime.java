package io.hedgerow.cli.model;

import io.hedgerow.compiler.api.CompileProgress;

/** How long the compiler's self-check takes, from its step to the next. */
final class SelfCheckTime implements CompileProgress {
    private long begun;
    private long nanos;

    @Override
    public void show(int done, int all, String step) {
        if (step.equals(CHECKING)) {
            begun = System.nanoTime();
        } else if (begun != 0) {
            nanos = System.nanoTime() - begun;
            begun = 0;
        }
    }

    double seconds() {
        return nanos / 1e9;
    }
}
