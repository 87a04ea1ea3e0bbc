package io.hedgerow.cli;

import io.hedgerow.audit.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
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

    @Option(
            names = "--public-key",
            required = true,
            paramLabel = "FILE",
            description = "The public half of the key that signs checkpoints.")
    private Path publicKey = Path.of("");

    VerifierKey key() throws IOException {
        return VerifierKey.parse(Files.readString(publicKey));
    }

    AuditLogs open() throws IOException {
        return source.files != null ? new FileAuditLogs(source.files) : new TopicAuditLogs(connection());
    }

    Verification verification() {
        return source.files != null ? new FileVerification(source.files) : new TopicVerification(connection());
    }

    private AuditConnection connection() {
        return AuditConnection.of(source.config == null ? Path.of("") : source.config);
    }
}
