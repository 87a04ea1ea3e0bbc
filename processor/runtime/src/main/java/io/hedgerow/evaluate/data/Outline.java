package io.hedgerow.evaluate.data;

/** What of a picture an object covers. */
@FunctionalInterface
public interface Outline {
    /**
     * Adds the object's pixels to a mask of the picture's size.
     *
     * @throws BadDataException if it has none, or they can't be told
     */
    void paint(Mask mask) throws BadDataException;
}
