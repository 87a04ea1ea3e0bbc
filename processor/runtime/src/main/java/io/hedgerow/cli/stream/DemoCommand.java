package io.hedgerow.cli.stream;

import io.hedgerow.Alert;
import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.audit.note.VerifierKey;
import io.hedgerow.cli.console.ProgressBar;
import io.hedgerow.cli.console.Table;
import io.hedgerow.cli.console.WorkFolder;
import io.hedgerow.demo.Demo;
import io.hedgerow.demo.DemoGallery;
import io.hedgerow.demo.DemoListener;
import io.hedgerow.demo.DemoReport;
import io.hedgerow.demo.DemoSettings;
import io.hedgerow.demo.surface.SurfaceSample;
import io.hedgerow.service.Stop;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code hedgerow demo}: everything in one process, for a first look. */
@Command(
        name = "demo",
        description =
                "Runs an inspection line, its classifier, a Kafka broker and Hedgerow in one process, and shows what"
                        + " comes out.")
public final class DemoCommand implements Callable<Integer>, DemoListener {
    private static final int SHOWN_EVERY = 25;
    private static final Duration GRACE = Duration.ofSeconds(30);

    @Option(names = "--seconds", paramLabel = "N", description = "How long parts pass (default: ${DEFAULT-VALUE}).")
    private int seconds = 60;

    @Option(names = "--rate", paramLabel = "N", description = "Parts a second (default: ${DEFAULT-VALUE}).")
    private double rate = 20;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The same seed, the same parts (default: ${DEFAULT-VALUE}).")
    private long seed = 7;

    @Option(names = "--out", paramLabel = "DIR", description = "Where pictures go (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("hedgerow-demo");

    @Option(names = "--keep", description = "Leave the dashboard up when all parts have passed, until told to stop.")
    private boolean keep;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private long seen;

    private @Nullable URI link;

    @SuppressWarnings("NullAway.Init") // made when the command runs
    private ProgressBar bar;

    @SuppressWarnings("NullAway.Init") // made when the command runs
    private DemoGallery gallery;

    @Override
    public Integer call() throws Exception {
        CommandLine line = spec.commandLine();
        if (seconds < 1 || !(rate > 0 && rate <= 10_000)) {
            throw new ParameterException(line, "--seconds takes 1 or more, --rate above 0 and at most 10000");
        }
        System.setProperty("hedgerow.kafka.log.level", "ERROR");
        if (System.getProperty("hedgerow.log.level") == null) {
            // What it does is said in steps.
            System.setProperty("hedgerow.log.level", "WARN");
        }
        bar = new ProgressBar(line.getErr());
        gallery = new DemoGallery(out);
        try (WorkFolder work = new WorkFolder("demo")) {
            DemoReport report = new Demo(new DemoSettings(seconds, rate, seed, out), this).run(work.path());
            return report.failed() == 0 ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
        } finally {
            bar.end();
        }
    }

    @Override
    public void dashboard(URI address, VerifierKey key) {
        link = address;
        spec.commandLine().getOut().println("Dashboard: " + address + " (in a few seconds)");
        spec.commandLine().getOut().println("Its events' entries in the audit trail are signed for " + key);
        spec.commandLine().getOut().flush();
    }

    @Override
    public void ended(DemoReport report) throws IOException, InterruptedException {
        PrintWriter terminal = spec.commandLine().getOut();
        bar.end();
        terminal.println();
        terminal.print(describe(report, gallery.writeSheet()));
        describeAlerts(report, terminal);
        if (keep) {
            terminal.println(System.lineSeparator() + "The dashboard stays up at " + link + "; Ctrl-C ends it");
            terminal.flush();
            try (Stop stop = new Stop(GRACE)) {
                stop.arm();
                stop.await();
            }
        }
    }

    @Override
    public void step(String text) {
        bar.end();
        spec.commandLine().getErr().println(text + " ...");
    }

    @Override
    public void explained(Explanation explanation, SurfaceSample part) {
        gallery.add(explanation, part);
        if (seen++ % SHOWN_EVERY == 0) {
            bar.end();
            spec.commandLine().getOut().println(describe(explanation, part));
        }
    }

    @Override
    public void progress(long outcomes, long events) {
        bar.show(outcomes, events, outcomes + " of " + events + " explained");
    }

    private static String describe(Explanation explanation, SurfaceSample part) {
        ClassExplanation called = explanation.getClasses().get(0);
        return "%-11s %-7s shows %-8s%s called %-8s %3.0f %%  %s"
                .formatted(
                        explanation.getEventId(),
                        explanation.getSource(),
                        part.label().label(),
                        part.stickered() ? "+ sticker" : "         ",
                        called.getLabel(),
                        called.getPrediction() * 100,
                        ExplanationLine.evidence(called));
    }

    /** The first of each kind: what was found first is what they will be asked about. */
    private void describeAlerts(DemoReport report, PrintWriter terminal) throws IOException {
        Instant firstSticker = report.firstSticker();
        if (report.alerts().isEmpty()) {
            terminal.println(
                    "no alert: monitoring learns from 200 parts first, and looks at what comes in windows of ten seconds");
        }
        int number = 0;
        for (Alert alert : report.alerts()) {
            number++;
            terminal.println("%nalert %d, %s: %s".formatted(number, when(alert, firstSticker), alert.getMessage()));
            List<Path> pictures = AlertPictures.write(alert, out, "alert-" + number);
            if (!pictures.isEmpty()) {
                terminal.println("  seen in " + pictures.get(0).toAbsolutePath().normalize() + " and "
                        + (pictures.size() - 1) + " beside it");
            }
        }
    }

    private static String when(Alert alert, @Nullable Instant firstSticker) {
        return firstSticker == null || alert.getOpenedAt().isBefore(firstSticker)
                ? "before a sticker was on anything but a stain"
                : "%d s after the first sticker on anything but a stain"
                        .formatted(Duration.between(firstSticker, alert.getOpenedAt())
                                .toSeconds());
    }

    private static String describe(DemoReport report, Path sheet) {
        Table table = new Table()
                .row("events", report.events())
                .row("explained", report.explained())
                .row("failed", report.failed())
                .row("throughput", "%.1f a second".formatted(report.throughput()))
                .row(
                        "batch size",
                        "%d at most, %.1f on average: a part that comes alone is explained alone"
                                .formatted(report.largestBatch(), report.meanBatch()))
                .row("event to explanation", "p50 %d ms, p99 %d ms".formatted(report.p50(), report.p99()))
                .row(
                        "stickers on no stain",
                        "%d, of which %d were called stains".formatted(report.stickered(), report.calledStain()))
                .row(
                        "evidence on the sticker",
                        "%.0f %% on average, where the sticker covers %.1f %% of the picture"
                                .formatted(report.onSticker() * 100, report.stickerArea() * 100))
                .row("pictures", sheet.toAbsolutePath().normalize() + " and beside it");
        return table.toString();
    }
}
