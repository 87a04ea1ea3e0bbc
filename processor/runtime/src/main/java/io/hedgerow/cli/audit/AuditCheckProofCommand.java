package io.hedgerow.cli.audit;

import io.hedgerow.audit.LogException;
import io.hedgerow.audit.export.EntryText;
import io.hedgerow.audit.note.Checkpoint;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.audit.proof.ConsistencyProof;
import io.hedgerow.audit.proof.InclusionProof;
import io.hedgerow.config.TextFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hedgerow audit check-proof}: verifies a proof with nothing but the public key. */
@Command(name = "check-proof", description = "Verifies a proof that `audit prove` wrote, offline, with the public key.")
final class AuditCheckProofCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE", description = "The proof.")
    private Path file = Path.of("");

    @Mixin
    private final PublicKeyOption publicKey = new PublicKeyOption();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        VerifierKey key = publicKey.required();
        String text = TextFile.read(file);
        try {
            check(text, key);
        } catch (LogException e) {
            throw new LogException(file + ": " + e.getMessage());
        }
        return CommandLine.ExitCode.OK;
    }

    private void check(String text, VerifierKey key) {
        PrintWriter out = spec.commandLine().getOut();
        if (text.startsWith(ConsistencyProof.HEADER)) {
            Checkpoint grown = ConsistencyProof.parse(text).verify(key);
            out.println("The log only grew, up to %d entries: %s".formatted(grown.size(), grown.origin()));
        } else {
            InclusionProof proof = InclusionProof.parse(text);
            Checkpoint signed = proof.verify(key);
            out.println("Entry %d is in the log of %d entries: %s"
                    .formatted(proof.index(), signed.size(), signed.origin()));
            out.println(EntryText.of(proof.entry()));
        }
        out.flush();
    }
}
