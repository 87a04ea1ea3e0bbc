package io.hedgerow.audit.export;

import io.hedgerow.AuditEntry;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A file with a line of JSON for each entry. */
final class JsonLinesFile implements ExportFile {
    private final OutputStream out;
    private final JsonRow row = new JsonRow();

    JsonLinesFile(OutputStream out) {
        this.out = new BufferedOutputStream(out, 1 << 16);
    }

    @Override
    public void write(long offset, byte[] stored, AuditEntry entry) throws IOException {
        out.write(row.write(offset, stored, entry));
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
