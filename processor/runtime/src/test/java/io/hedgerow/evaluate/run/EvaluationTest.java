package io.hedgerow.evaluate.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.data.Selection;
import io.hedgerow.evaluate.metrics.Metric;
import io.hedgerow.evaluate.report.ReportBuilder;
import io.hedgerow.evaluate.report.TrialTable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static final Options OPTIONS = Rig.options(Explain.ANNOTATED, false);

    @TempDir
    private Path folder;

    private Rig rig = new Rig(Path.of(""));
    private Path whole = Path.of("");

    @BeforeEach
    void draw() throws Exception {
        rig = new Rig(folder.resolve("data")).draw(20);
        whole = folder.resolve("whole");
    }

    private static byte[] trials(Path out) throws Exception {
        return Files.readAllBytes(out.resolve(TrialLog.FILE));
    }

    private static TrialTable table(Path out) throws Exception {
        return new TrialTable(new TrialLog(out));
    }

    @Test
    void shouldMeasureEveryClassOfEveryPicture() throws Exception {
        assertThat(rig.run(whole, OPTIONS, false, () -> false)).isTrue();

        TrialTable table = table(whole);
        int energy = table.metrics().indexOf(Metric.ENERGY);
        int srg = table.metrics().indexOf(Metric.SRG);
        assertThat(table.rows()).hasSize(20).allSatisfy(row -> {
            assertThat(row.rank()).isEqualTo(1);
            assertThat(row.area()).isEqualTo(14 * 12 / (48.0 * 40));
            assertThat(row.value("colouring", energy)).isGreaterThan(0.8);
            assertThat(row.value("uniform", energy)).isBetween(0.05, 0.12);
            assertThat(row.value("colouring", srg)).isGreaterThan(row.value("random", srg));
        });
        assertThat(table.counts()).isEmpty();
    }

    @Test
    void shouldComeToTheSameFileWhereverItWasTorn() throws Exception {
        rig.run(whole, OPTIONS, false, () -> false);
        byte[] expected = trials(whole);
        String report = new ReportBuilder(table(whole)).json().toString();
        Path torn = folder.resolve("torn");
        int header = new String(expected, StandardCharsets.UTF_8).indexOf('\n') + 1;

        for (int cut : new int[] {
            header, header + 1, expected.length / 3, expected.length - 20, expected.length - 1, expected.length
        }) {
            Files.createDirectories(torn);
            Files.write(torn.resolve(TrialLog.FILE), Arrays.copyOf(expected, cut));
            assertThat(rig.run(torn, OPTIONS, true, () -> false)).isTrue();

            assertThat(trials(torn)).as("cut at %d", cut).isEqualTo(expected);
            assertThat(new ReportBuilder(table(torn)).json()).hasToString(report);
        }
    }

    @Test
    void shouldTellWhetherAMapIsTheClassesOwn() throws Exception {
        rig.run(whole, OPTIONS, false, () -> false);

        int metric = table(whole).metrics().indexOf(Metric.CLASS_SENSITIVITY);
        assertThat(table(whole).rows()).allSatisfy(row -> {
            // what speaks for red speaks against blue
            assertThat(row.value("colouring", metric)).isCloseTo(-1, within(1e-9));
            assertThat(row.value("centre", metric)).isCloseTo(1, within(1e-9));
        });
    }

    @Test
    void shouldTellWhetherMapsOfAFewPicturesDependOnWhatWasLearned() throws Exception {
        rig.run(whole, OPTIONS, false, () -> false);

        TrialTable table = table(whole);
        int spearman = table.metrics().indexOf(Metric.RANDOMISATION_SPEARMAN);
        List<TrialTable.Row> compared = table.rows().stream()
                .filter(row -> !Double.isNaN(row.value("colouring", spearman)))
                .toList();
        assertThat(compared).hasSize(10).isEqualTo(table.rows().subList(0, 10)).allSatisfy(row -> {
            // the same but for its size, then turned round
            assertThat(row.curves().get("colouring").get("randomisation-spearman"))
                    .containsExactly(1, 1, -1);
            assertThat(row.curves().get("colouring").get("randomisation-spearman-abs"))
                    .containsExactly(1, 1, 1);
            assertThat(row.curves().get("colouring").get("randomisation-ssim")[1])
                    .isEqualTo(1);
            assertThat(row.curves().get("colouring").get("randomisation-ssim")[2])
                    .isLessThan(0.9f);
            assertThat(row.value("colouring", spearman)).isCloseTo(0, within(1e-9));
            assertThat(row.value("random", spearman)).isCloseTo(1, within(1e-9));
            for (Metric alike : List.of(Metric.RANDOMISATION_SSIM, Metric.RANDOMISATION_SSIM_ABS)) {
                assertThat(row.value("uniform", table.metrics().indexOf(alike))).isCloseTo(1, within(1e-9));
            }
            assertThat(row.value("centre", table.metrics().indexOf(Metric.EMPRT)))
                    .isZero();
        });
    }

    @Test
    void shouldComputeWhatHasSeveralNamesOnce() throws Exception {
        Path folder = this.folder.resolve("copies");
        Rig once = new Rig(folder).draw(7);
        assertThat(once.run(this.folder.resolve("once"), OPTIONS, false, () -> false))
                .isTrue();
        Files.copy(folder.resolve("images/003.png"), folder.resolve("images/999.png"));
        Files.copy(folder.resolve("masks/003.png"), folder.resolve("masks/999.png"));
        Files.writeString(folder.resolve("labels.csv"), "999.png,blue\n", StandardOpenOption.APPEND);

        Rig twice = new Rig(folder);
        Path out = this.folder.resolve("twice");
        assertThat(twice.run(out, OPTIONS, false, () -> false)).isTrue();

        assertThat(twice.predicted).hasValue(once.predicted.get());
        List<TrialTable.Row> rows = table(out).rows();
        assertThat(rows).hasSize(8);
        assertThat(rows.get(4).picture()).isEqualTo("999.png");
        assertThat(rows.get(4).values().get("colouring"))
                .isEqualTo(rows.get(3).values().get("colouring"));
    }

    @Test
    void shouldStopBetweenBatchesAndGoOn() throws Exception {
        rig.run(whole, OPTIONS, false, () -> false);
        Path stopped = folder.resolve("stopped");
        AtomicInteger asked = new AtomicInteger();

        assertThat(rig.run(stopped, OPTIONS, false, () -> asked.incrementAndGet() > 1))
                .isFalse();
        assertThat(table(stopped).rows()).hasSize(10);
        assertThat(new ReportBuilder(table(stopped))
                        .json()
                        .path("counts")
                        .path("trials")
                        .asInt())
                .isEqualTo(10);
        assertThat(rig.run(stopped, OPTIONS, true, () -> false)).isTrue();
        assertThat(trials(stopped)).isEqualTo(trials(whole));
    }

    @Test
    void shouldNotGoOnWithOtherSettings() throws Exception {
        rig.run(whole, OPTIONS, false, () -> false);
        ObjectNode other = Rig.settings().deepCopy();
        other.put("seed", 2);
        TrialLog log = new TrialLog(whole);

        assertThatIOException()
                .isThrownBy(() -> rig.evaluation(OPTIONS, log)
                        .run(
                                Batches.of(rig.data().samples(Selection.all()), OPTIONS),
                                other,
                                true,
                                () -> false,
                                (d, a, t) -> {}))
                .withMessageContaining("other settings (seed)");
    }

    @Test
    void shouldCountWhatIsNoGoodAndGoOn() throws Exception {
        Path images = folder.resolve("data/images");
        Path masks = folder.resolve("data/masks");
        byte[] good = Files.readAllBytes(images.resolve("003.png"));
        Files.write(images.resolve("003.png"), Arrays.copyOf(good, good.length / 2));
        Files.write(images.resolve("004.png"), new byte[0]);
        Files.delete(masks.resolve("005.png"));
        Files.write(masks.resolve("006.png"), "no picture".getBytes(StandardCharsets.UTF_8));
        Files.writeString(
                folder.resolve("data/labels.csv"),
                Files.readString(folder.resolve("data/labels.csv")).replace("007.png,blue", "007.png,green"));

        assertThat(rig.run(whole, OPTIONS, false, () -> false)).isTrue();

        TrialTable table = table(whole);
        assertThat(table.rows()).hasSize(15);
        assertThat(table.counts())
                .containsEntry(Reason.PICTURE_BAD, 2)
                .containsEntry(Reason.MASK_MISSING, 1)
                .containsEntry(Reason.MASK_BAD, 1)
                .containsEntry(Reason.CLASS_UNMAPPED, 1)
                .hasSize(4);
    }

    @Test
    void shouldEndAtTheFirstBadPictureIfAskedTo() throws Exception {
        Files.write(folder.resolve("data/images/003.png"), new byte[10]);

        assertThatIOException()
                .isThrownBy(() -> rig.run(whole, Rig.options(Explain.ANNOTATED, true), false, () -> false))
                .withMessageContaining("003.png");
    }

    @Test
    void shouldExplainWhatTheModelPredicts() throws Exception {
        Files.delete(folder.resolve("data/labels.csv"));

        rig.run(whole, Rig.options(Explain.PREDICTED, false), false, () -> false);

        TrialTable table = table(whole);
        assertThat(table.rows()).hasSize(20).allSatisfy(row -> assertThat(row.area())
                .isPositive());
        assertThat(table.rows().stream().filter(row -> row.label().equals("red")))
                .hasSize(10);
    }
}
