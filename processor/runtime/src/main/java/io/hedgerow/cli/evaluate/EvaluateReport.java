package io.hedgerow.cli.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.cli.console.Table;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.report.Comparison;
import io.hedgerow.evaluate.report.CsvFiles;
import io.hedgerow.evaluate.report.HtmlReport;
import io.hedgerow.evaluate.report.ReportBuilder;
import io.hedgerow.evaluate.report.TrialTable;
import io.hedgerow.evaluate.run.CaseViews;
import io.hedgerow.evaluate.run.TrialLog;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;

/** Writes what an evaluation came to, and prints the gist. */
final class EvaluateReport {
    private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private final Path folder;
    private final PrintWriter terminal;

    EvaluateReport(Path folder, PrintWriter terminal) {
        this.folder = folder;
        this.terminal = terminal;
    }

    /** @param isDone whether all pictures are done */
    void write(TrialLog log, List<Sample> samples, CaseViews views, boolean isDone) throws IOException {
        TrialTable table = new TrialTable(log);
        ObjectNode report = new ReportBuilder(table).json();
        report.put("complete", isDone);
        Files.writeString(folder.resolve(ReportBuilder.FILE), json.writeValueAsString(report) + "\n");
        new CsvFiles(folder).write(table, report);
        Files.writeString(folder.resolve(HtmlReport.FILE), new HtmlReport(report, table, views, samples).html());
        report.path("sentences").forEach(sentence -> terminal.println(sentence.asText()));
        terminal.println();
        terminal.print(table(report, table));
        int leftOut =
                table.counts().values().stream().mapToInt(Integer::intValue).sum();
        terminal.println();
        terminal.println(
                "%d trials, %d left out; %s".formatted(table.rows().size(), leftOut, folder.resolve(HtmlReport.FILE)));
    }

    private static Table table(JsonNode report, TrialTable table) {
        Table printed = new Table();
        Object[] head = new Object[1 + table.methods().size()];
        head[0] = "";
        for (int i = 0; i < table.methods().size(); i++) {
            head[i + 1] = table.methods().get(i);
        }
        printed.row(head);
        report.path("subsets").path("all").path("metrics").properties().forEach(entry -> {
            Object[] row = new Object[head.length];
            row[0] = entry.getKey();
            for (int i = 0; i < table.methods().size(); i++) {
                JsonNode value = entry.getValue()
                        .path("methods")
                        .path(table.methods().get(i))
                        .path("value");
                row[i + 1] = !value.isNumber()
                        ? "-"
                        : value.asDouble() >= 1e6 ? "> 1e6" : "%.3f".formatted(value.asDouble());
            }
            printed.row(row);
        });
        return printed;
    }

    /** Compares with another evaluation's folder or another method; the exit code. */
    int compare(TrialLog log, String against, Set<Metric> gated) throws IOException {
        TrialTable table = new TrialTable(log);
        String reference = table.methods().get(0);
        boolean isMethod = table.methods().contains(against);
        TrialLog other = new TrialLog(Path.of(against));
        if (!isMethod && !other.exists()) {
            throw new IOException("--against %s: is neither a folder of an evaluation nor one of the methods (%s)"
                    .formatted(against, String.join(", ", table.methods())));
        }
        TrialTable before = isMethod ? table : new TrialTable(other);
        Comparison comparison =
                new Comparison(before, isMethod ? against : before.methods().get(0), table, reference);
        Files.writeString(folder.resolve("against.json"), json.writeValueAsString(comparison.json()) + "\n");
        Table printed = new Table().row("metric", "before", "after", "difference", "from", "to");
        comparison
                .differences()
                .forEach((metric, one) -> printed.row(
                        metric.key(),
                        "%.3f".formatted(one.before()),
                        "%.3f".formatted(one.after()),
                        "%+.3f".formatted(one.difference().value()),
                        "%+.3f".formatted(one.difference().low()),
                        "%+.3f".formatted(one.difference().high())));
        terminal.println();
        terminal.print(printed);
        if (comparison.trials() == 0) {
            throw new IOException("--against " + against + ": has no trial in common with this evaluation");
        }
        List<Metric> fallen = comparison.fallen(gated);
        if (fallen.isEmpty()) {
            return CommandLine.ExitCode.OK;
        }
        terminal.println("worse than " + against + " by more than chance: "
                + String.join(", ", fallen.stream().map(Metric::key).toList()));
        return CommandLine.ExitCode.SOFTWARE;
    }
}
