package io.hedgerow.evaluate.data;

import java.util.List;

/** One picture of a data set, read when its turn comes. */
public interface Sample {
    /** A name that no other picture of the data set has; no path outside of it. */
    String name();

    /** The encoded picture. */
    byte[] picture() throws BadDataException;

    /** What is known of it. */
    Annotations annotations() throws BadDataException;

    /** The same picture without one of its parts, for each part that can be left out; none of most data sets. */
    default List<Part> parts() throws BadDataException {
        return List.of();
    }
}
