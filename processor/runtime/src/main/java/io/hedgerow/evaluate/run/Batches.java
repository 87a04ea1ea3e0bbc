package io.hedgerow.evaluate.run;

import io.hedgerow.digest.Sha256;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.metrics.Order;
import io.hedgerow.evaluate.randomisation.Randomisation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures in the batches in which they are measured, fixed by the pictures and the options. Pictures that a data set has under
 * several names are one in a batch, so that what is the same is computed once. Where models are asked for that forgot what they
 * learned, the few pictures that are compared make up the first batch, so that each of those models is made once. Immutable.
 */
public final class Batches {
    /** Most names of one picture in a batch: each has a mask of its own in memory. */
    private static final int LARGEST_GROUP = 256;

    private final List<List<List<Sample>>> batches = new ArrayList<>();
    private final boolean isFirstRandomised;

    private Batches(List<List<Sample>> groups, int first, boolean isFirstRandomised) {
        this.isFirstRandomised = isFirstRandomised;
        int size = first;
        for (int from = 0; from < groups.size(); ) {
            int to = Math.min(groups.size(), from + size);
            batches.add(groups.subList(from, to));
            from = to;
            size = Options.BATCH;
        }
    }

    /** Reads every picture once, to tell which are equal. */
    public static Batches of(List<Sample> samples, Options options) {
        List<List<Sample>> groups = equal(samples);
        if (!options.asksForgetfulModels()) {
            return new Batches(groups, Options.BATCH, false);
        }
        int compared = Math.min(Randomisation.PICTURES, groups.size());
        int[] chosen = Arrays.copyOf(Order.permutation(groups.size(), options.seed()), compared);
        Arrays.sort(chosen);
        List<List<Sample>> first = new ArrayList<>();
        for (int i : chosen) {
            first.add(groups.get(i));
        }
        for (int i = 0; i < groups.size(); i++) {
            if (Arrays.binarySearch(chosen, i) < 0) {
                first.add(groups.get(i));
            }
        }
        return new Batches(first, Math.max(1, compared), true);
    }

    private static List<List<Sample>> equal(List<Sample> samples) {
        List<List<Sample>> groups = new ArrayList<>();
        Map<String, List<Sample>> open = new LinkedHashMap<>();
        for (Sample sample : samples) {
            String contents = contents(sample);
            List<Sample> group = open.get(contents);
            if (group == null || group.size() == LARGEST_GROUP) {
                group = new ArrayList<>();
                groups.add(group);
                open.put(contents, group);
            }
            group.add(sample);
        }
        return groups;
    }

    private static String contents(Sample sample) {
        try {
            return Sha256.hex(sample.picture());
        } catch (BadDataException e) {
            // it is told of when its turn comes
            return "unreadable " + sample.name();
        }
    }

    int count() {
        return batches.size();
    }

    /** The pictures of a batch, equal ones together; none after the last. */
    List<List<Sample>> batch(int index) {
        return index < batches.size() ? batches.get(index) : List.of();
    }

    /** Pictures up to the end of a batch. */
    int picturesUpTo(int index) {
        return batches.subList(0, index + 1).stream()
                .flatMap(List::stream)
                .mapToInt(List::size)
                .sum();
    }

    /** Whether a batch's maps are compared with those of models that forgot. */
    boolean isRandomised(int index) {
        return isFirstRandomised && index == 0;
    }

    /** All pictures in their order. */
    public List<Sample> samples() {
        return batches.stream().flatMap(List::stream).flatMap(List::stream).toList();
    }
}
