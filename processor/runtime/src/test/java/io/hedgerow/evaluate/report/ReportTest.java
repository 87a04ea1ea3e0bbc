package io.hedgerow.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.evaluate.data.Selection;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.run.Explain;
import io.hedgerow.evaluate.run.Options;
import io.hedgerow.evaluate.run.Rig;
import io.hedgerow.evaluate.run.TrialLog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(Lifecycle.PER_CLASS)
class ReportTest {
    private static final Options OPTIONS = Rig.options(Explain.ANNOTATED, false);

    @TempDir
    private static Path folder;

    private Rig rig = new Rig(Path.of(""));
    private TrialLog log = new TrialLog(Path.of(""));

    @BeforeAll
    void evaluate() throws Exception {
        rig = new Rig(folder.resolve("data")).draw(18);
        Files.write(folder.resolve("data/images/003.png"), new byte[10]);
        rig.run(folder.resolve("out"), OPTIONS, false, () -> false);
        log = new TrialLog(folder.resolve("out"));
    }

    private ObjectNode report() throws Exception {
        return new ReportBuilder(new TrialTable(log)).json().put("complete", true);
    }

    private String html() throws Exception {
        return new HtmlReport(
                        report(),
                        new TrialTable(log),
                        rig.evaluation(OPTIONS, log).views(),
                        rig.data().samples(Selection.all()))
                .html();
    }

    @Test
    void shouldFitItsSchema() throws Exception {
        Schema schema = new Schema(new ObjectMapper().readTree(HtmlReport.class.getResource("report.schema.json")));
        ObjectNode torn = report();
        torn.put("extra", 1).remove("counts");

        assertThat(schema.problems(report())).isEmpty();
        assertThat(schema.problems(torn)).containsExactly(" lacks counts", "/extra is not known");
    }

    @Test
    void shouldBeOnePageThatNeedsNothingElse() throws Exception {
        String html = html();

        assertThat(html)
                .startsWith("<!DOCTYPE html>")
                .contains("prefers-color-scheme: dark", "@media print", "width=device-width")
                .doesNotContain("http", "<script", "@import", "url(")
                .containsPattern("src=\"data:image/jpeg;base64,[A-Za-z0-9+/]{500}")
                .contains("colours &lt;&amp;&gt; &quot;shapes&quot;")
                .doesNotContain("colours <&>");
        assertThat(html.length()).isLessThan(8_000_000);
    }

    @Test
    void shouldSayFirstWhatItComesTo() throws Exception {
        String html = html();

        assertThat(report().path("sentences")).hasSize(3);
        assertThat(report().path("sentences").get(0).asText())
                .startsWith("In 17 trials on 17 pictures, 100 % of them")
                .contains("colouring puts ");
        assertThat(report().path("sentences").get(1).asText())
                .startsWith("The model's own score bears the maps out")
                .endsWith("clearly more than an order at random.");
        assertThat(report().path("sentences").get(2).asText())
                .contains("better in how much evidence lies on the class");
        assertThat(html.indexOf("In 17 trials"))
                .isLessThan(html.indexOf("<svg"))
                .isPositive();
    }

    @Test
    void shouldShowIntervalsCurvesCasesAndWhatWasLeftOut() throws Exception {
        String html = html();

        assertThat(html.split("class=\"case\"", -1)).hasSize(18);
        assertThat(html).contains("Where colouring does best", "Where colouring does worst");
        assertThat(html.split("<polygon class=\"band\"", -1)).hasSizeGreaterThan(8 * 4);
        assertThat(html).contains("the picture can&#39;t be decoded", "003.png");
        assertThat(html).containsPattern("energy ↑</th><td class=\"n\" title=\"\">0\\.\\d+<small>0\\.\\d+ to ");
        assertThat(report().path("leftOut").get(0).path("count").asInt()).isEqualTo(1);
        assertThat(report().path("agreementOfCovers").path("srg").isNumber()).isTrue();
    }

    @Test
    void shouldWriteTables() throws Exception {
        Path tables = Files.createDirectories(folder.resolve("tables"));
        new CsvFiles(tables).write(new TrialTable(log), report());

        List<String> scores = Files.readAllLines(tables.resolve("scores.csv"));
        assertThat(scores).hasSize(1 + 17 * 4);
        assertThat(scores.get(0)).startsWith("picture,label,class,rank,output,area,difficult,method,pointing,");
        assertThat(Files.readAllLines(tables.resolve("curves.csv")))
                .contains("curve,method,point,share,mean,low,high")
                .anyMatch(line -> line.startsWith("insertion-ae,colouring,10,0.5,"));
    }

    @Test
    void shouldTellWhenAMetricHasFallen() throws Exception {
        TrialTable table = new TrialTable(log);
        Comparison same = new Comparison(table, "colouring", table, "colouring");
        Comparison worse = new Comparison(table, "colouring", table, "random");
        Comparison better = new Comparison(table, "random", table, "colouring");
        Set<Metric> gate = Set.of(Metric.ENERGY, Metric.SRG, Metric.OUTSIDE_INSIDE);

        assertThat(same.trials()).isEqualTo(17);
        assertThat(same.fallen(gate)).isEmpty();
        assertThat(worse.fallen(gate)).containsExactlyInAnyOrder(Metric.ENERGY, Metric.SRG, Metric.OUTSIDE_INSIDE);
        assertThat(worse.json().path("metrics").path("energy").path("fallen").asBoolean())
                .isTrue();
        assertThat(better.fallen(gate)).isEmpty();
    }

    @Test
    void shouldReportThatThereIsNothing() throws Exception {
        Path empty = folder.resolve("empty");
        rig.run(empty, OPTIONS, false, () -> true);
        TrialLog none = new TrialLog(empty);
        ObjectNode report = new ReportBuilder(new TrialTable(none)).json().put("complete", false);

        assertThat(report.path("sentences").get(0).asText()).startsWith("No trial was made");
        assertThat(new HtmlReport(
                                report,
                                new TrialTable(none),
                                rig.evaluation(OPTIONS, none).views(),
                                List.of())
                        .html())
                .contains("stopped before its end");
    }
}
