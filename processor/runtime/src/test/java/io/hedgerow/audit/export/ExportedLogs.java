package io.hedgerow.audit.export;

import io.hedgerow.AuditEntry;
import io.hedgerow.AuditStatus;
import io.hedgerow.audit.log.TestLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** An export of logs that a test makes up, with the public half of the key that signed them. */
public final class ExportedLogs {
    private final Path folder;
    private final LogExport export;

    /** Begins an export into a new folder. */
    public ExportedLogs(Path folder) {
        this.folder = folder;
        export = new LogExport(
                folder,
                LogExport.Format.JSONL,
                TestLog.KEY.verifier(),
                TestLog.SERDE.deserializer(),
                id -> AuditEntry.getClassSchema().toString());
    }

    /** Adds the log of the next partition: an entry for each outcome, each event's id before its status. */
    public void add(int partition, int sealed, String... outcomes) throws IOException {
        TestLog log = new TestLog("cluster/app/in/" + partition);
        for (String outcome : outcomes) {
            String[] parts = outcome.split(" ");
            log.append(partition, parts[0], AuditStatus.valueOf(parts[1]));
            if (log.stored.size() == sealed) {
                log.seal();
            }
        }
        export.add(log, "log-" + partition + ".jsonl", new LogExport.Period(Instant.MIN, Instant.MAX), count -> {});
    }

    /** Writes what is left, and a file with the public key: its path. */
    public Path finish() throws IOException {
        export.finish();
        return Files.writeString(
                folder.resolve("key.pub"), TestLog.KEY.verifier().toString());
    }
}
