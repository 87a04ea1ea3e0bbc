package io.hedgerow.audit.trail;

import io.hedgerow.audit.export.FileLogSource;
import io.hedgerow.audit.log.Problem;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.verify.Account;
import io.hedgerow.audit.verify.LogReport;
import io.hedgerow.audit.verify.TrailVerifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Verifies exported logs: entries, checkpoints, replays. */
public final class FileVerification implements Verification {
    private static final float TOLERANCE = 0.01f;

    private final Path folder;

    /** Takes the folder that {@code hedgerow audit export} wrote. */
    public FileVerification(Path folder) {
        this.folder = folder;
    }

    @Override
    public List<AuditedLog> run(
            @Nullable VerifierKey key, List<String> held, @Nullable Float tolerance, VerificationProgress progress)
            throws IOException {
        List<AuditedLog> audited = new ArrayList<>();
        try (FileAuditLogs logs = new FileAuditLogs(folder)) {
            TrailVerifier verifier =
                    new TrailVerifier(key, held, tolerance == null ? TOLERANCE : tolerance, logs.entries());
            int done = 0;
            for (FileLogSource log : logs.files()) {
                String note = "%s, %d of %d"
                        .formatted(log.origin(), ++done, logs.files().size());
                Steps steps = new Steps(progress, log.length(), note);
                List<Problem> problems = new ArrayList<>();
                Account account = verifier.account(log, false, problems);
                LogReport report = verifier.verify(log, account, problems, count -> steps.to(log.position()));
                audited.add(new AuditedLog(report.with(problems), false, 0, account.expired(), 0, 0));
            }
        }
        return audited;
    }
}
