package io.hedgerow.demo;

import io.hedgerow.Alert;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.demo.surface.SurfaceClass;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.demo.surface.SurfaceSample;
import io.hedgerow.maps.RelevanceMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts what comes out of the demo's topics. Belongs to one thread. */
final class DemoTally {
    private final List<Long> latencies = new ArrayList<>();
    private final long start = System.nanoTime();
    private long last = start;
    private long failed;
    private double batches;
    private int largestBatch;
    private long stickered;
    private long calledStain;
    private double onSticker;
    private double stickerArea;
    private @Nullable Instant firstSticker;

    void explained(Explanation explanation, SurfaceSample part, long now) {
        last = System.nanoTime();
        latencies.add(Math.max(0, now - explanation.getTime().toEpochMilli()));
        int batch = explanation.getTimings().getBatchSize();
        batches += 1.0 / batch;
        largestBatch = Math.max(largestBatch, batch);
        if (part.stickered() && part.label() != SurfaceClass.STAIN) {
            stickered++;
            Instant time = explanation.getTime();
            firstSticker = firstSticker == null || time.isBefore(firstSticker) ? time : firstSticker;
            ClassExplanation called = explanation.getClasses().get(0);
            if (called.getLabel().equals(SurfaceClass.STAIN.label())) {
                calledStain++;
                onSticker += evidenceOn(part.stickerMask(), called);
                stickerArea +=
                        part.stickerMask().cardinality() / (double) (SurfaceGenerator.SIZE * SurfaceGenerator.SIZE);
            }
        }
    }

    void failed() {
        last = System.nanoTime();
        failed++;
    }

    long explained() {
        return latencies.size();
    }

    long outcomes() {
        return latencies.size() + failed;
    }

    /** Takes the alerts that were opened meanwhile. */
    DemoReport report(long events, List<Alert> alerts) {
        List<Long> sorted = new ArrayList<>(latencies);
        Collections.sort(sorted);
        return new DemoReport(
                events,
                latencies.size(),
                failed,
                (last - start) / 1e9,
                latencies.isEmpty() ? 0 : latencies.size() / batches,
                largestBatch,
                percentile(sorted, 0.5),
                percentile(sorted, 0.99),
                stickered,
                calledStain,
                calledStain == 0 ? 0 : onSticker / calledStain,
                calledStain == 0 ? 0 : stickerArea / calledStain,
                firstSticker,
                alerts);
    }

    /** Share of the positive relevance that lies on the masked pixels. */
    private static double evidenceOn(BitSet mask, ClassExplanation explained) {
        RelevanceMap map = new RelevanceMap(explained.getMap());
        double inside = 0;
        double all = 0;
        for (int y = 0; y < SurfaceGenerator.SIZE; y++) {
            for (int x = 0; x < SurfaceGenerator.SIZE; x++) {
                float relevance = Math.max(0, map.atPixel(x, y));
                all += relevance;
                inside += mask.get(y * SurfaceGenerator.SIZE + x) ? relevance : 0;
            }
        }
        return all > 0 ? inside / all : 0;
    }

    private static long percentile(List<Long> sorted, double share) {
        return sorted.isEmpty() ? 0 : sorted.get((int) Math.min(sorted.size() - 1, sorted.size() * share));
    }
}
