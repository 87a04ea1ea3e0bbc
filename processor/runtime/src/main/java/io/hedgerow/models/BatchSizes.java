package io.hedgerow.models;

import io.hedgerow.device.BatchLimits;
import io.hedgerow.device.BatchSizeTuner;
import io.hedgerow.device.DeviceMemoryException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How many images a batch of a model takes on a device: as many as were found at an earlier start, or by trial. For one thread. */
final class BatchSizes {
    private static final Logger LOG = LoggerFactory.getLogger(BatchSizes.class);

    private final String model;
    private final ComputingModel computing;
    private final BatchLimits limits;
    private final KnownBatch known;
    private final BatchSizeTuner atStart;
    private final boolean isRemembered;

    /**
     * Tries, or runs one batch of the size that was found before.
     *
     * @param known keeps what is found
     * @param isTrusted whether what was found before will do for a start
     */
    BatchSizes(String model, ComputingModel computing, BatchLimits limits, KnownBatch known, boolean isTrusted)
            throws IOException {
        this.model = model;
        this.computing = computing;
        this.limits = limits;
        this.known = known;
        BatchSizeTuner before = isTrusted ? known.read() : null;
        this.isRemembered = before != null && fits(before.size());
        this.atStart = before != null && isRemembered ? before : found(limits.size(), computing::seconds);
    }

    /** What it began with. */
    BatchSizeTuner atStart() {
        return atStart;
    }

    /** Waits until a device has nothing to do. */
    @FunctionalInterface
    interface Quiet {
        void await() throws IOException;
    }

    /** The size by trial, if it began with one that was found before and the two differ. */
    Optional<Integer> tried(Quiet quiet) throws IOException {
        if (!isRemembered) {
            return Optional.empty();
        }
        // A batch that has to wait for a trial is not to seem hung.
        double patience = limits.timeLimit().toMillis() / 1e3 / 4;
        int most = (int) Math.max(1, Math.min(limits.size(), patience * atStart.imagesPerSecond()));
        BatchSizeTuner found = found(most, images -> {
            quiet.await();
            return computing.seconds(images);
        });
        if (found.size() == atStart.size()) {
            return Optional.empty();
        }
        LOG.info("Batches of {} take at most {} images from now on instead of {}", model, found.size(), atStart.size());
        return Optional.of(found.size());
    }

    /** Plans and allocates. */
    private boolean fits(int batch) throws IOException {
        try {
            var unused = computing.seconds(batch);
            return true;
        } catch (DeviceMemoryException e) {
            LOG.info("Batches of {} no longer take {} images: {}", model, batch, e.getMessage());
            return false;
        }
    }

    private BatchSizeTuner found(int most, BatchSizeTuner.Trial trial) throws IOException {
        BatchSizeTuner found = BatchSizeTuner.upTo(most, trial);
        known.write(found);
        if (found.outOfMemory() != null) {
            LOG.warn(
                    "Batches of {} take at most {} images: {}",
                    model,
                    found.size(),
                    found.outOfMemory().getMessage());
        } else if (found.size() < most) {
            LOG.info("Batches of {} take at most {} images: more at once are slower", model, found.size());
        }
        return found;
    }
}
