package io.hedgerow.cli.audit;

import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.trail.AuditLogs;
import io.hedgerow.audit.trail.FileAuditLogs;
import io.hedgerow.audit.trail.FileVerification;
import io.hedgerow.audit.trail.Verification;
import io.hedgerow.service.AuditConnection;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which audit trail, and whose signatures count. */
final class AuditLogOptions {
    static final class Source {
        @Option(names = "--config", paramLabel = "FILE", description = "The topics that a hedgerow.yaml names.")
        private @Nullable Path config;

        @Option(names = "--files", paramLabel = "DIR", description = "What `audit export` wrote.")
        private @Nullable Path files;
    }

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Mixin
    private final PublicKeyOption publicKey = new PublicKeyOption();

    /** Whose signatures count; null if signatures are not to be looked at. */
    @Nullable
    VerifierKey key() throws IOException {
        return publicKey.key();
    }

    VerifierKey requiredKey() throws IOException {
        return publicKey.required();
    }

    AuditLogs open() throws IOException {
        return source.files != null
                ? new FileAuditLogs(source.files)
                : connection().logs();
    }

    Verification verification() {
        return source.files != null
                ? new FileVerification(source.files)
                : connection().verification();
    }

    private AuditConnection connection() {
        return AuditConnection.of(source.config == null ? Path.of("") : source.config);
    }
}
