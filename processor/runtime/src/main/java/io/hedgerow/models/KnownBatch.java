package io.hedgerow.models;

import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.device.BatchSizeTuner;
import io.hedgerow.engine.TensorFlowDevice;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The batch size that was fastest when sizes were last tried, in a file beside the compiled model: trying them takes most of a
 * start. It counts for one device, size of pictures, number of processors and largest size allowed. Thread-safe.
 */
final class KnownBatch {
    private static final Logger LOG = LoggerFactory.getLogger(KnownBatch.class);
    private static final String SIZE = "size";
    private static final String RATE = "images-per-second";

    private final Path file;
    private final int most;

    /**
     * @param compiled folder of the explanation SavedModel
     * @param most images in a batch
     */
    KnownBatch(Path compiled, TensorSpec input, TensorFlowDevice device, int most) {
        this.most = most;
        this.file = compiled.resolve("batch-%s-%dx%d-of-%d-by-%d.properties"
                .formatted(
                        device.toString().replace(':', '-'),
                        input.height(),
                        input.width(),
                        most,
                        Runtime.getRuntime().availableProcessors()));
    }

    /** What was found before; null if nothing was, or it can't be read. */
    @Nullable
    BatchSizeTuner read() {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try (Reader reader = Files.newBufferedReader(file)) {
            Properties found = new Properties();
            found.load(reader);
            int size = Integer.parseInt(found.getProperty(SIZE, ""));
            double rate = Double.parseDouble(found.getProperty(RATE, ""));
            if (size >= 1 && size <= most && rate > 0 && Double.isFinite(rate)) {
                return new BatchSizeTuner(size, rate, null);
            }
            LOG.warn("{} is damaged (size {}, {} images a second): batch sizes are tried again", file, size, rate);
        } catch (IOException | IllegalArgumentException e) {
            LOG.warn("{} is damaged ({}): batch sizes are tried again", file, e.getMessage());
        }
        return null;
    }

    /** Keeps what was found. */
    void write(BatchSizeTuner found) {
        Properties kept = new Properties();
        kept.setProperty(SIZE, Integer.toString(found.size()));
        kept.setProperty(RATE, Double.toString(found.imagesPerSecond()));
        try {
            Path fresh = Files.createTempFile(file.getParent(), "batch-", ".new");
            try (Writer writer = Files.newBufferedWriter(fresh)) {
                kept.store(writer, null);
                writer.close();
                Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            LOG.info("{} can't be written ({}): the next start tries batch sizes again", file, e.toString());
        }
    }
}
