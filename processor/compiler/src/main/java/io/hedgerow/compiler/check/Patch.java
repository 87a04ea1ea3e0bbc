package io.hedgerow.compiler.check;

/**
 * A rectangle of a picture, and where it is moved to, in shares of the picture's height and width.
 *
 * @param from its upper and its left end
 * @param to the same after it is moved
 * @param size its height and width
 */
record Patch(double from, double to, double size) {
    /** The first pixel along a side. */
    int start(boolean moved, int side) {
        return (int) ((moved ? to : from) * side);
    }

    /** How many pixels of a side it covers. */
    int length(int side) {
        return Math.max(1, (int) (size * side));
    }
}
