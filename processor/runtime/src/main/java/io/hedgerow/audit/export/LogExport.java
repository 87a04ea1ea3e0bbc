package io.hedgerow.audit.export;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.log.CheckpointSequence;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.CompactRanges;
import io.hedgerow.audit.tree.TreeHasher;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Export of logs to a folder, to be read by people and to be verified. Single-threaded. */
public final class LogExport {
    /** How entries are written. */
    public enum Format {
        /** JSON Lines, which can be verified. */
        JSONL,
        /** Parquet, for other tools. */
        PARQUET;

        /** Ends the files' names. */
        public String extension() {
            return "." + name().toLowerCase(Locale.ROOT);
        }

        private ExportFile file(OutputStream out) throws IOException {
            return this == JSONL ? new JsonLinesFile(out) : new ParquetFile(out);
        }
    }

    /** Entries that were recorded from a time on and before another. */
    public record Period(Instant from, Instant to) {
        boolean contains(AuditEntry entry) {
            return !entry.getRecordedAt().isBefore(from)
                    && entry.getRecordedAt().isBefore(to);
        }
    }

    private final Path folder;
    private final Format format;
    private final @Nullable VerifierKey key;
    private final Deserializer<AuditEntry> deserializer;
    private final IntFunction<String> schemas;
    private final Map<Integer, String> used = new HashMap<>();
    private final List<ExportManifest.Log> logs = new ArrayList<>();
    private final TreeHasher hasher = new TreeHasher();

    /**
     * Begins.
     *
     * @param folder new or empty
     * @param key signs checkpoints; null to write none
     * @param schemas the registry's schemas by id
     */
    public LogExport(
            Path folder,
            Format format,
            @Nullable VerifierKey key,
            Deserializer<AuditEntry> deserializer,
            IntFunction<String> schemas) {
        this.folder = folder;
        this.format = format;
        this.key = key;
        this.deserializer = deserializer;
        this.schemas = schemas;
    }

    /**
     * Writes the entries of one log that were recorded in a period; from the first of them
     * to before the first that was recorded after the period.
     *
     * @return how many
     */
    public long add(LogSource source, String file, Period period, LongConsumer progress) throws IOException {
        CheckpointSequence line = new CheckpointSequence(source.origin(), key, problem -> {});
        source.checkpoints(line);
        CompactRange range = source.start(line.stored());
        Files.createDirectories(folder);
        Path path = folder.resolve(file);
        try (ExportFile out = format.file(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW))) {
            Writing writing = new Writing(source, period, range, out);
            source.entries((offset, entry) -> {
                writing.add(offset, entry);
                progress.accept(1);
            });
            CompactRange start = writing.start == null ? range : writing.start;
            List<ExportManifest.Sealed> sealed = line.stored().stream()
                    .filter(checkpoint -> isWithin(checkpoint, start.size(), start.size() + writing.written))
                    .map(ExportManifest.Sealed::of)
                    .toList();
            logs.add(new ExportManifest.Log(
                    source.origin(), source.topic(), file, start.size(), CompactRanges.hex(start), sealed));
            return writing.written;
        }
    }

    /** Writes what belongs to all logs, if they can be verified. */
    public void finish() throws IOException {
        if (format == Format.JSONL) {
            new ExportManifest(ExportColumns.VERSION, used, logs).write(folder);
        }
    }

    private static boolean isWithin(AuditCheckpoint checkpoint, long from, long to) {
        long size = Checkpoint.parseUnverified(checkpoint.getNote()).size();
        return size >= from && size <= to;
    }

    private final class Writing {
        private final LogSource source;
        private final Period period;
        private final CompactRange range;
        private final ExportFile out;
        private @Nullable CompactRange start;
        private long written;
        private boolean ended;

        Writing(LogSource source, Period period, CompactRange range, ExportFile out) {
            this.source = source;
            this.period = period;
            this.range = range;
            this.out = out;
        }

        void add(long offset, byte[] stored) {
            AuditEntry entry = deserializer.deserialize(source.topic(), stored);
            if (start == null && period.contains(entry)) {
                start = range.copy();
            }
            if (start == null) {
                range.append(hasher.leaf(stored), hasher);
                return;
            }
            ended |= !entry.getRecordedAt().isBefore(period.to());
            if (ended) {
                return;
            }
            try {
                out.write(offset, stored, entry);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            used.computeIfAbsent(ByteBuffer.wrap(stored, 1, 4).getInt(), schemas::apply);
            written++;
        }
    }
}
