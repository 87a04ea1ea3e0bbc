package io.hedgerow.cli;

import io.hedgerow.cli.audit.AuditCommand;
import io.hedgerow.cli.console.Failures;
import io.hedgerow.cli.console.Version;
import io.hedgerow.cli.evaluate.EvaluateCommand;
import io.hedgerow.cli.model.BenchCommand;
import io.hedgerow.cli.model.CompileCommand;
import io.hedgerow.cli.model.DevicesCommand;
import io.hedgerow.cli.model.ExplainCommand;
import io.hedgerow.cli.model.UnpackCommand;
import io.hedgerow.cli.stream.AlertsCommand;
import io.hedgerow.cli.stream.DeadLettersCommand;
import io.hedgerow.cli.stream.DemoCommand;
import io.hedgerow.cli.stream.DemoDataCommand;
import io.hedgerow.cli.stream.DemoEventsCommand;
import io.hedgerow.cli.stream.MonitorCommand;
import io.hedgerow.cli.stream.ProfileCommand;
import io.hedgerow.cli.stream.RunCommand;
import io.hedgerow.cli.stream.SchemasCommand;
import io.hedgerow.cli.stream.TailCommand;
import io.hedgerow.cli.stream.TopicsCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The command {@code hedgerow}. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration. What fails is said in one line
 * on standard error.
 */
@Command(
        name = "hedgerow",
        description = "Explains what production image classifiers decide, while they decide it.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            TopicsCommand.class,
            SchemasCommand.class,
            AuditCommand.class,
            MonitorCommand.class,
            AlertsCommand.class,
            ProfileCommand.class,
            TailCommand.class,
            ExplainCommand.class,
            EvaluateCommand.class,
            CompileCommand.class,
            DeadLettersCommand.class,
            BenchCommand.class,
            DevicesCommand.class,
            DemoDataCommand.class,
            DemoEventsCommand.class,
            UnpackCommand.class
        })
public final class Hedgerow implements Runnable {
    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log more, and show stack traces of what failed.")
    private boolean verbose;

    @Option(
            names = "--log-format",
            scope = ScopeType.INHERIT,
            paramLabel = "text|json",
            defaultValue = "${env:HEDGEROW_LOG_FORMAT:-text}",
            description = "Format of the log on standard error (default: text, or what HEDGEROW_LOG_FORMAT says).")
    private LogFormat logFormat = LogFormat.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private enum LogFormat {
        text,
        json
    }

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        // Unsigned code points and the tables' lines survive a terminal of any locale.
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int code = run(out, err, args);
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs a command; returns its exit code. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        Hedgerow hedgerow = new Hedgerow();
        CommandLine line = new CommandLine(hedgerow);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setParameterExceptionHandler(Failures::usage);
        line.setExecutionExceptionHandler(
                (failure, command, parsed) -> Failures.execution(failure, command.getErr(), hedgerow.verbose));
        line.setExecutionStrategy(parsed -> {
            hedgerow.configureLogging();
            return new CommandLine.RunLast().execute(parsed);
        });
        try {
            return line.execute(args);
        } catch (Error failure) {
            // picocli hands on exceptions only
            return Failures.execution(failure, err, hedgerow.verbose);
        }
    }

    /** Before the first logger is made, so that logback.xml reads it. */
    private void configureLogging() {
        System.setProperty("hedgerow.log.format", logFormat.name());
        if (verbose) {
            System.setProperty("hedgerow.log.level", "DEBUG");
            System.setProperty("hedgerow.log.exception", "%ex{full}");
        }
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "A command is missing");
    }
}
