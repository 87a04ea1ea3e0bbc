package io.hedgerow.evaluate.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** {@code scores.csv}, a row for each trial and method, and {@code curves.csv}, a row for each point of a mean curve. */
public final class CsvFiles {
    private final Path folder;

    public CsvFiles(Path folder) {
        this.folder = folder;
    }

    /** Writes both. */
    public void write(TrialTable table, JsonNode report) throws IOException {
        scores(table);
        curves(report);
    }

    private void scores(TrialTable table) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("scores.csv"))) {
            out.write("picture,label,class,rank,output,area,difficult,method");
            for (var metric : table.metrics()) {
                out.write("," + metric.key());
            }
            out.write("\n");
            for (TrialTable.Row row : table.rows()) {
                for (String method : table.methods()) {
                    out.write("%s,%s,%d,%d,%s,%s,%s,%s"
                            .formatted(
                                    quoted(row.picture()),
                                    quoted(row.label()),
                                    row.index(),
                                    row.rank(),
                                    row.output(),
                                    number(row.area()),
                                    row.isDifficult(),
                                    method));
                    for (int m = 0; m < table.metrics().size(); m++) {
                        out.write("," + number(row.value(method, m)));
                    }
                    out.write("\n");
                }
            }
        }
    }

    private void curves(JsonNode report) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("curves.csv"))) {
            CurveShares shares = new CurveShares(report.path("settings"));
            out.write("curve,method,point,share,mean,low,high\n");
            for (Map.Entry<String, JsonNode> curve : report.path("curves").properties()) {
                for (Map.Entry<String, JsonNode> method : curve.getValue().properties()) {
                    JsonNode mean = method.getValue().path("mean");
                    double[] across = shares.of(curve.getKey(), mean.size());
                    for (int i = 0; i < mean.size(); i++) {
                        out.write("%s,%s,%d,%s,%s,%s,%s%n"
                                .formatted(
                                        curve.getKey(),
                                        method.getKey(),
                                        i,
                                        across[i],
                                        mean.get(i).asText(),
                                        method.getValue().path("low").get(i).asText(),
                                        method.getValue().path("high").get(i).asText()));
                    }
                }
            }
        }
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : String.valueOf(value);
    }

    private static String quoted(String text) {
        // a cell that begins so is a formula to spreadsheets
        String harmless = text.matches("[=+@-].*") ? "'" + text : text;
        return harmless.matches("[^,\"\\r\\n]*") ? harmless : "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
