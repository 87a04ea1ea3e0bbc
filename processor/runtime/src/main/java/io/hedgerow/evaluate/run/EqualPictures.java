package io.hedgerow.evaluate.run;

import io.hedgerow.digest.Sha256;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Sample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pictures that a data set has under several names: what comes into one batch is computed once. */
public final class EqualPictures {
    private EqualPictures() {}

    /** The same samples, those of equal files right after the first of them. */
    public static List<Sample> together(List<Sample> samples) {
        Map<String, List<Sample>> equal = new LinkedHashMap<>();
        for (Sample sample : samples) {
            equal.computeIfAbsent(contents(sample), any -> new ArrayList<>()).add(sample);
        }
        return equal.values().stream().flatMap(List::stream).toList();
    }

    private static String contents(Sample sample) {
        try {
            return Sha256.hex(sample.picture());
        } catch (BadDataException e) {
            // it is told of when its turn comes
            return "unreadable " + sample.name();
        }
    }
}
