package io.hedgerow.cli.console;

import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.config.ConfigurationException;
import io.hedgerow.stream.OneLine;
import io.hedgerow.yaml.Nearest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what failed, and with which code the process ends. */
public final class Failures {
    private Failures() {}

    /** Wrong usage: what is wrong, what was probably meant, where to read more. */
    public static int usage(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        String text = OneLine.of(String.valueOf(failure.getMessage())).replaceFirst("^Error: ", "");
        if (failure instanceof UnmatchedArgumentException unmatched) {
            text += suggestion(command, unmatched.getUnmatched());
        }
        command.getErr().println("hedgerow: " + text);
        command.getErr().println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for what there is.");
        return ExitCode.USAGE;
    }

    private static String suggestion(CommandLine command, List<String> unmatched) {
        List<String> known = new ArrayList<>(command.getSubcommands().keySet());
        command.getCommandSpec().options().forEach(option -> known.addAll(List.of(option.names())));
        String written = unmatched.isEmpty() ? "" : unmatched.get(0).replaceFirst("=.*", "");
        return Nearest.of(written, known)
                .map(name -> "; did you mean " + name + "?")
                .orElse("");
    }

    /** Anything that a command threw. */
    public static int execution(Throwable failure, PrintWriter err, boolean verbose) {
        err.println("hedgerow: " + OneLine.of(text(failure)));
        if (verbose) {
            if (root(failure) instanceof ModelRefusedException refused
                    && !refused.details().isEmpty()) {
                err.println(refused.details());
            }
            failure.printStackTrace(err);
        }
        boolean wrong = failure instanceof ConfigurationException || root(failure) instanceof ConfigException;
        return wrong ? ExitCode.USAGE : ExitCode.SOFTWARE;
    }

    private static String text(Throwable failure) {
        if (failure instanceof UncheckedIOException wrapper && wrapper.getCause() != null) {
            return text(wrapper.getCause());
        }
        if (failure instanceof FileSystemException file) {
            return text(file);
        }
        String message = failure.getMessage();
        if (failure instanceof KafkaException && failure.getCause() != null) {
            return withDetails(String.valueOf(message), failure.getCause());
        }
        boolean expected = failure instanceof IOException
                || failure instanceof KafkaException
                || failure.getClass().getName().startsWith("io.hedgerow.");
        return expected && message != null
                ? message
                : "An error that should not happen: " + failure + ". Please report it, with what --verbose shows";
    }

    /** Kafka's outer messages say what was tried, inner ones what was wrong, and those below why Java found it wrong. */
    private static String withDetails(String message, Throwable cause) {
        String text = message;
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            boolean telling = inner instanceof KafkaException
                    || inner instanceof IOException
                    // how Kafka refuses a JAAS configuration
                    || inner instanceof IllegalArgumentException;
            if (telling || (inner.getCause() == null && text.equals(message))) {
                String detail = inner instanceof FileSystemException file ? text(file) : inner.getMessage();
                text = detail == null || text.contains(detail) ? text : text + ": " + detail;
            }
        }
        return text;
    }

    /** The JDK's messages for files are often no more than the path. */
    private static String text(FileSystemException failure) {
        if (failure instanceof NoSuchFileException) {
            return "There is no file or directory " + failure.getFile();
        }
        if (failure instanceof AccessDeniedException) {
            return "Access to " + failure.getFile() + " is denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return failure.getFile() + " exists already";
        }
        return String.valueOf(failure.getMessage());
    }

    private static Throwable root(Throwable failure) {
        return failure.getCause() == null ? failure : root(failure.getCause());
    }
}
