package io.hedgerow.cli.audit;

import io.hedgerow.audit.note.SigningKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hedgerow audit keygen}: a key for checkpoints. */
@Command(
        name = "keygen",
        description = "Makes a key that signs checkpoints: writes it to a file and prints its public half.")
final class AuditKeygenCommand implements Callable<Integer> {
    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Stands in each signature; a domain and path of yours (default: ${DEFAULT-VALUE}).")
    private String name = "hedgerow";

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "Where the key goes, readable by you alone; FILE.pub gets the public half.")
    private Path out = Path.of("");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        SigningKey key = SigningKey.generate(name);
        write(out, key.secret(), true);
        write(out.resolveSibling(out.getFileName() + ".pub"), key.verifier().toString(), false);
        spec.commandLine().getOut().println(key.verifier());
        return CommandLine.ExitCode.OK;
    }

    /** Never over a file that is there: it may be the only copy of a key. */
    private static void write(Path file, String text, boolean secret) throws IOException {
        FileAttribute<?>[] attributes =
                secret && FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes)) {
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.UTF_8)));
        }
    }
}
