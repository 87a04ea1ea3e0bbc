package io.hedgerow.explain;

import io.hedgerow.image.Box;

/** Neighbouring cells of one row; the first of those that hang together also stands for them all. */
final class Run {
    private final int firstColumn;
    private final int lastColumn;
    private final int top;
    private int bottom;
    private int left;
    private int right;
    private double sum;
    private Run parent = this;

    Run(int row, int firstColumn, int lastColumn, double sum) {
        this.firstColumn = firstColumn;
        this.lastColumn = lastColumn;
        this.top = bottom = row;
        this.left = firstColumn;
        this.right = lastColumn;
        this.sum = sum;
    }

    /** Whether it ends before the other begins, so that not even their corners touch. */
    boolean endsBefore(Run other) {
        return lastColumn + 1 < other.firstColumn;
    }

    /** Makes one region of both runs' regions. */
    void join(Run other) {
        Run mine = first();
        Run its = other.first();
        if (mine == its) {
            return;
        }
        boolean before = mine.top < its.top || (mine.top == its.top && mine.firstColumn < its.firstColumn);
        if (before) {
            mine.absorb(its);
        } else {
            its.absorb(mine);
        }
    }

    boolean isFirstOfItsRegion() {
        return parent == this;
    }

    /** Relevance of the region that this is the first run of. */
    double sum() {
        return sum;
    }

    /** The region that this is the first run of, in cells. */
    Box box() {
        return new Box(left, top, right - left + 1, bottom - top + 1);
    }

    private void absorb(Run other) {
        other.parent = this;
        bottom = Math.max(bottom, other.bottom);
        left = Math.min(left, other.left);
        right = Math.max(right, other.right);
        sum += other.sum;
    }

    private Run first() {
        Run run = this;
        while (run.parent != run) {
            run.parent = run.parent.parent;
            run = run.parent;
        }
        return run;
    }
}
