package io.hedgerow.cli.audit;

import io.hedgerow.audit.LogException;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.config.TextFile;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whose signatures count. */
final class PublicKeyOption {
    @Option(
            names = "--public-key",
            paramLabel = "FILE",
            description = "The public half of the key that signs checkpoints.")
    private @Nullable Path file;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** The key; null if none was given. */
    @Nullable
    VerifierKey key() throws IOException {
        return file == null ? null : read(file);
    }

    /** The key, without which the command has nothing to do. */
    VerifierKey required() throws IOException {
        if (file == null) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--public-key=FILE'");
        }
        return read(file);
    }

    private static VerifierKey read(Path file) throws IOException {
        try {
            return VerifierKey.parse(TextFile.read(file));
        } catch (LogException e) {
            throw new LogException(file + ": " + e.getMessage());
        }
    }
}
