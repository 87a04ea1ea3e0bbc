package io.hedgerow.evaluate.data;

import java.io.IOException;
import java.util.List;
import java.util.SortedSet;

/** Annotated pictures. */
public interface Dataset {
    /** Names of its classes, as far as the data set lists them or its annotations tell. */
    SortedSet<String> classes() throws IOException;

    /** The pictures selected, in order of their names. */
    List<Sample> samples(Selection selection) throws IOException;
}
