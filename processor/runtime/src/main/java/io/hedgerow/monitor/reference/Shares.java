package io.hedgerow.monitor.reference;

import java.util.Arrays;

/**
 * How often each class was decided, and one more entry for classes that the reference hasn't seen. Immutable; arrays
 * aren't copied and must not be changed.
 *
 * @param classes indices of the classes, ascending
 * @param events how often each was decided
 * @param limits of the classes' shares in their order, and last of the share of classes not among them
 */
@SuppressWarnings("ArrayRecordComponent")
public record Shares(int[] classes, long[] events, Limits limits) {
    /** Place of a class among the limits. */
    public int place(int classIndex) {
        int at = Arrays.binarySearch(classes, classIndex);
        return at >= 0 ? at : classes.length;
    }
}
