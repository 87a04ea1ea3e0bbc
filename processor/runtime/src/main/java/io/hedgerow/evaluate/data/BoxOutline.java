package io.hedgerow.evaluate.data;

/**
 * An upright rectangle. A pixel belongs to it if its centre does.
 *
 * @param left edge, in pixels from the picture's
 * @param top edge
 * @param right edge
 * @param bottom edge
 */
record BoxOutline(double left, double top, double right, double bottom) implements Outline {
    @Override
    public void paint(Mask mask) throws BadDataException {
        if (!Double.isFinite(left + top + right + bottom)) {
            throw new BadDataException(Reason.BOX_EMPTY, this + " is not finite");
        }
        if (right < left || bottom < top) {
            throw new BadDataException(Reason.BOX_INVERTED, this + " ends before it begins");
        }
        if (right == left || bottom == top) {
            throw new BadDataException(Reason.BOX_EMPTY, this + " has no area");
        }
        if (right <= 0 || bottom <= 0 || left >= mask.width() || top >= mask.height()) {
            throw new BadDataException(
                    Reason.BOX_OUTSIDE,
                    "%s lies outside of %d x %d pixels".formatted(this, mask.width(), mask.height()));
        }
        int fromX = clamp(Math.ceil(left - 0.5), mask.width() - 1);
        int fromY = clamp(Math.ceil(top - 0.5), mask.height() - 1);
        // narrower than a pixel is still one
        int toX = Math.max(fromX + 1, clamp(Math.ceil(right - 0.5), mask.width()));
        int toY = Math.max(fromY + 1, clamp(Math.ceil(bottom - 0.5), mask.height()));
        for (int y = fromY; y < toY; y++) {
            mask.setRow(y, fromX, toX);
        }
    }

    private static int clamp(double v, int most) {
        return (int) Math.max(0, Math.min(most, v));
    }

    @Override
    public String toString() {
        return "the box (%.1f, %.1f) to (%.1f, %.1f)".formatted(left, top, right, bottom);
    }
}
