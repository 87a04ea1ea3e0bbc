package io.hedgerow.audit.trail;

import io.hedgerow.AuditEntry;
import io.hedgerow.audit.export.FileLogSource;
import io.hedgerow.audit.log.LogSource;
import io.hedgerow.serde.RegistryDeserializer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The logs of an export. */
public final class FileAuditLogs implements AuditLogs {
    private final RegistryDeserializer<AuditEntry> entries;
    private final List<FileLogSource> logs;

    /**
     * Opens an export.
     *
     * @param folder what {@code hedgerow audit export} wrote
     * @throws IOException if it can't be read
     */
    public FileAuditLogs(Path folder) throws IOException {
        entries = new RegistryDeserializer<>(AuditEntry.class, FileLogSource.schemas(folder));
        logs = FileLogSource.all(folder, entries);
    }

    @Override
    public List<LogSource> logs() {
        return List.copyOf(logs);
    }

    List<FileLogSource> files() {
        return logs;
    }

    @Override
    public RegistryDeserializer<AuditEntry> entries() {
        return entries;
    }

    @Override
    public void close() {
        entries.close();
    }
}
