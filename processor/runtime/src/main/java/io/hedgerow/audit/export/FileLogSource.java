package io.hedgerow.audit.export;

import io.hedgerow.AuditCheckpoint;
import io.hedgerow.AuditEntry;
import io.hedgerow.audit.LogException;
import io.hedgerow.audit.log.CheckpointSequence;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.audit.tree.CompactRange;
import io.hedgerow.audit.tree.CompactRanges;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;

/** A log as it was exported. What a line says of its entry is held against the entry. Single-threaded. */
public final class FileLogSource implements LogSource {
    private final Path folder;
    private final ExportManifest.Log log;
    private final Deserializer<AuditEntry> deserializer;
    private final JsonRow row = new JsonRow();
    private long position;

    private FileLogSource(Path folder, ExportManifest.Log log, Deserializer<AuditEntry> deserializer) {
        this.folder = folder;
        this.log = log;
        this.deserializer = deserializer;
    }

    /** The logs of an export. */
    public static List<FileLogSource> all(Path folder, Deserializer<AuditEntry> deserializer) throws IOException {
        List<FileLogSource> logs = new ArrayList<>();
        for (ExportManifest.Log log : ExportManifest.read(folder).logs()) {
            if (!log.file().matches("[\\w.-]+")) {
                throw new LogException("the manifest names '%s', which is no file beside it".formatted(log.file()));
            }
            logs.add(new FileLogSource(folder, log, deserializer));
        }
        return logs;
    }

    /** The schemas that the entries of an export were written with, by id. */
    public static Map<Integer, Schema> schemas(Path folder) throws IOException {
        Map<Integer, Schema> schemas = new HashMap<>();
        ExportManifest.read(folder).schemas().forEach((id, text) -> schemas.put(id, new Schema.Parser().parse(text)));
        return schemas;
    }

    /** Bytes of the file. */
    public long length() {
        try {
            return Files.size(folder.resolve(log.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many of them have been read. */
    public long position() {
        return position;
    }

    @Override
    public String origin() {
        return log.origin();
    }

    @Override
    public String topic() {
        return log.topic();
    }

    @Override
    public void checkpoints(CheckpointSequence line) {
        for (int i = 0; i < log.checkpoints().size(); i++) {
            AuditCheckpoint checkpoint = log.checkpoints().get(i).checkpoint();
            line.add("number %d of %s in the manifest".formatted(i + 1, log.file()), checkpoint);
        }
    }

    @Override
    public CompactRange start(List<AuditCheckpoint> checkpoints) {
        try {
            return CompactRanges.of(log.start(), log.range());
        } catch (IllegalArgumentException e) {
            throw new LogException("the manifest's start of %s is none: %s".formatted(log.file(), e.getMessage()));
        }
    }

    @Override
    public void entries(Entries entries) {
        Path file = folder.resolve(log.file());
        try (LineReader lines = new LineReader(file)) {
            long number = 0;
            for (byte[] line = lines.next(); line != null; line = lines.next()) {
                number++;
                position += line.length + 1;
                add(line, number, entries);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that is not what its entry says counts as no entry. */
    private void add(byte[] line, long number, Entries entries) {
        long offset = number;
        try {
            JsonRow.Stored stored = JsonRow.read(line);
            offset = stored.offset();
            AuditEntry entry = deserializer.deserialize(log.topic(), stored.entry());
            if (entry != null && Arrays.equals(line, row.write(offset, stored.entry(), entry))) {
                entries.add(offset, stored.entry(), entry);
                return;
            }
        } catch (IOException | SerializationException e) {
            // Said by whoever verifies: the line is no entry.
        }
        entries.add(offset, new byte[0]);
    }
}
