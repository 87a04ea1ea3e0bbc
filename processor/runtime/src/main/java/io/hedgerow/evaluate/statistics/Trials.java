package io.hedgerow.evaluate.statistics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which trials there are: each is of a picture, which is resampled whole, and of a class. Not thread-safe while it grows. */
public final class Trials {
    private final Map<String, Integer> pictures = new HashMap<>();
    private final Map<String, Integer> classes = new HashMap<>();
    private final List<int[]> trials = new ArrayList<>();

    /** One more trial. */
    public void add(String picture, String label) {
        int pictureIndex = pictures.computeIfAbsent(picture, name -> pictures.size());
        int classIndex = classes.computeIfAbsent(label, name -> classes.size());
        trials.add(new int[] {pictureIndex, classIndex});
    }

    public int size() {
        return trials.size();
    }

    public int pictures() {
        return pictures.size();
    }

    public int classes() {
        return classes.size();
    }

    int picture(int trial) {
        return trials.get(trial)[0];
    }

    int classOf(int trial) {
        return trials.get(trial)[1];
    }
}
