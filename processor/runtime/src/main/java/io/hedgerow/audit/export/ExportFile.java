package io.hedgerow.audit.export;

import io.hedgerow.AuditEntry;
import java.io.Closeable;
import java.io.IOException;

/** A file of exported entries. Single-threaded. */
interface ExportFile extends Closeable {
    /** Writes the next entry: where it is stored, its bytes as they are stored, and the same read. */
    void write(long offset, byte[] stored, AuditEntry entry) throws IOException;
}
