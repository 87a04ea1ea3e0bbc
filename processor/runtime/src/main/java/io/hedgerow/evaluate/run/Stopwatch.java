package io.hedgerow.evaluate.run;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Where the time went. Not thread-safe. */
public final class Stopwatch {
    private final Map<String, Double> seconds = new TreeMap<>();

    <T> T time(String what, Supplier<T> work) {
        long start = System.nanoTime();
        try {
            return work.get();
        } finally {
            seconds.merge(what, (System.nanoTime() - start) / 1e9, Double::sum);
        }
    }

    void run(String what, Runnable work) {
        time(what, () -> {
            work.run();
            return "";
        });
    }

    /** Seconds by what was done. */
    public Map<String, Double> seconds() {
        return Collections.unmodifiableMap(seconds);
    }
}
