package io.hedgerow.demo;

import io.hedgerow.Alert;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a demo.
 *
 * @param events published
 * @param explained explanations that a read-committed consumer got
 * @param failed dead letters that it got
 * @param seconds from the first event to the last outcome
 * @param meanBatch images in an average batch
 * @param largestBatch images in the largest batch
 * @param p50 median of milliseconds from event to visible explanation
 * @param p99 99th percentile of the same
 * @param stickered parts with a sticker that were no stains
 * @param calledStain of these, those that the classifier called stains
 * @param onSticker of the evidence for "stain" on those, the average share on the sticker, 0 to 1
 * @param stickerArea average share of the picture that the sticker covers, 0 to 1
 * @param firstSticker time of the first of them; null if there was none
 * @param alerts that were opened, first to last, as they were then
 */
public record DemoReport(
        long events,
        long explained,
        long failed,
        double seconds,
        double meanBatch,
        int largestBatch,
        long p50,
        long p99,
        long stickered,
        long calledStain,
        double onSticker,
        double stickerArea,
        @Nullable Instant firstSticker,
        List<Alert> alerts) {

    /** Outcomes a second. */
    public double throughput() {
        return seconds > 0 ? (explained + failed) / seconds : 0;
    }
}
