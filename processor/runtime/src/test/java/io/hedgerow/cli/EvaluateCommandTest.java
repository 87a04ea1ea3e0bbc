package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.demo.BundledModel;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code hedgerow evaluate}, as a user types it. */
class EvaluateCommandTest {
    @TempDir
    private static Path models;

    private static Path biased = Path.of("");
    private static Path unbiased = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        biased = BundledModel.SURFACE_BIASED.unpack(models);
        unbiased = BundledModel.SURFACE_UNBIASED.unpack(models);
    }

    private int evaluate(Path model, String data, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("evaluate", "--model", model.toString(), "--data", data, "--draws", "200"));
        arguments.addAll(List.of(more));
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
    }

    private JsonNode report(Path from) throws Exception {
        return new ObjectMapper().readTree(from.resolve("report.json").toFile());
    }

    private double energy(Path from, String method) throws Exception {
        return report(from)
                .at("/subsets/all/metrics/energy/methods/" + method + "/value")
                .asDouble();
    }

    @Test
    void shouldFindTheDefectInTheUnbiasedModelsMapsAndTheStickerInTheBiasedOnes() throws Exception {
        Path defect = folder.resolve("defect");
        Path sticker = folder.resolve("sticker");

        assertThat(evaluate(
                        unbiased,
                        "demo:defect",
                        "--limit",
                        "24",
                        "--metrics",
                        "energy,part-sign",
                        "--methods",
                        "hedging,grad-cam,gradient",
                        "--out",
                        "" + defect))
                .as(err.toString())
                .isZero();
        assertThat(evaluate(
                        biased,
                        "demo:sticker",
                        "--limit",
                        "24",
                        "--metrics",
                        "energy",
                        "--explain",
                        "predicted",
                        "--methods",
                        "hedging,grad-cam,gradient",
                        "--out",
                        "" + sticker))
                .as(err.toString())
                .isZero();

        assertThat(energy(defect, "hedging")).isGreaterThan(4 * energy(defect, "uniform"));
        assertThat(energy(sticker, "hedging")).isGreaterThan(4 * energy(sticker, "uniform"));
        for (Path run : List.of(defect, sticker)) {
            assertThat(energy(run, "hedging")).isGreaterThan(1.5 * energy(run, "grad-cam"));
            assertThat(energy(run, "hedging")).isGreaterThan(2 * energy(run, "gradient"));
        }
        assertThat(report(defect)
                        .at("/subsets/all/metrics/part-sign/methods/hedging/value")
                        .asDouble())
                .isGreaterThan(0.5);
        assertThat(defect.resolve("report.html")).exists();
        assertThat(defect.resolve("scores.csv")).exists();
        assertThat(out.toString()).contains("hedging puts ", "hedging is in energy better than all 2", "report.html");
    }

    @Test
    void shouldComeToTheSameReportWhereARunGoesOn() throws Exception {
        Path whole = folder.resolve("whole");
        Path torn = folder.resolve("torn");
        String[] settings = {
            "--limit", "20", "--metrics", "energy,srg,single-deletion", "--methods", "hedging,hedging-1"
        };

        assertThat(evaluate(unbiased, "demo:defect", with(settings, "--out", "" + whole)))
                .isZero();
        Files.createDirectories(torn);
        byte[] trials = Files.readAllBytes(whole.resolve("trials.jsonl"));
        Files.write(torn.resolve("trials.jsonl"), Arrays.copyOf(trials, trials.length * 2 / 3));
        assertThat(evaluate(unbiased, "demo:defect", with(settings, "--resume", "--out", "" + torn)))
                .isZero();

        assertThat(torn.resolve("trials.jsonl")).hasSameBinaryContentAs(whole.resolve("trials.jsonl"));
        assertThat(torn.resolve("report.json")).hasSameBinaryContentAs(whole.resolve("report.json"));
        assertThat(Files.readString(whole.resolve("report.json")))
                .doesNotContain(folder.toString())
                .doesNotContain(models.toString());
        assertThat(Files.readString(whole.resolve("run.json"))).contains(models.toString());
        JsonNode ratios =
                new ObjectMapper().readTree(whole.resolve("run.json").toFile()).path("ratios");
        assertThat(ratios.path("explaining over explaining and measuring").asDouble())
                .isBetween(0.0, 1.0);
        assertThat(ratios.path("forward passes over the model's own").asDouble())
                .isGreaterThan(1);
    }

    @Test
    void shouldSeeMapsChangeAsTheModelForgets() throws Exception {
        Path out = folder.resolve("forgetful");

        assertThat(evaluate(
                        unbiased,
                        "demo:defect",
                        "--limit",
                        "12",
                        "--metrics",
                        "energy,randomisation-spearman,randomisation-ssim-abs,emprt",
                        "--methods",
                        "hedging,gradient",
                        "--out",
                        "" + out))
                .as(err.toString())
                .isZero();

        JsonNode report = report(out);
        for (String method : List.of("hedging", "gradient")) {
            JsonNode curve = report.at("/curves/randomisation-spearman/" + method + "/mean");
            assertThat(curve.get(0).asDouble()).isEqualTo(1);
            assertThat(curve.get(curve.size() - 1).asDouble()).isBetween(-0.5, 0.6);
            assertThat(report.at("/subsets/all/metrics/randomisation-spearman/methods/" + method + "/n")
                            .asInt())
                    .isBetween(1, 10);
        }
        assertThat(report.at("/subsets/all/metrics/randomisation-ssim-abs/methods/random/value")
                        .asDouble())
                .isCloseTo(1, within(1e-6));
        assertThat(report.at("/subsets/all/metrics/emprt/methods/centre/value").asDouble())
                .isZero();
        JsonNode shares = report.at("/settings/layersForgotten");
        assertThat(shares.get(shares.size() - 1).asDouble()).isEqualTo(1);
        assertThat(out.resolve("forgetful")).doesNotExist();
        assertThat(Files.readString(out.resolve("curves.csv"))).contains("randomisation-spearman,hedging,0,0.0,1");
    }

    private static String[] with(String[] some, String... more) {
        List<String> all = new ArrayList<>(List.of(some));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @Test
    void shouldEndWithOneIfItIsWorseThanAnother() throws Exception {
        String[] settings = {"--limit", "24", "--metrics", "energy", "--explain", "annotated", "--gate", "energy"};
        Path good = folder.resolve("good");
        Path bad = folder.resolve("bad");

        // where stickers are, the biased model does not look at defects
        assertThat(evaluate(unbiased, "demo:defect/everywhere", with(settings, "--out", "" + good)))
                .isZero();
        assertThat(evaluate(
                        biased, "demo:defect/everywhere", with(settings, "--out", "" + bad, "--against", "" + good)))
                .isEqualTo(1);
        assertThat(out.toString()).contains("worse than " + good + " by more than chance: energy");
        assertThat(evaluate(
                        unbiased,
                        "demo:defect/everywhere",
                        with(settings, "--resume", "--out", "" + good, "--against", "uniform")))
                .isZero();
        assertThat(bad.resolve("against.json")).exists();
    }

    @Test
    void shouldProposeClasses() throws Exception {
        assertThat(evaluate(unbiased, "demo:defect", "--suggest-classes")).isZero();

        assertThat(out.toString()).contains("\"scratch\":\n  - 1  # scratch");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--metrics | enrgy | did you mean energy?",
                "--methods | hegding | --methods hegding: known are hedging, hedging-1",
                "--explain | all | takes annotated, predicted or both",
                "--largest-region | 2 | takes up to 1",
                "--classes | no-such-file.yaml | no-such-file.yaml",
                "--against | nowhere | is neither a folder of an evaluation nor one of the methods"
            })
    void shouldSayInOneLineWhatIsWrongWithAnOption(String option, String value, String message) {
        int code = evaluate(
                unbiased, "demo:defect", "--limit", "4", "--metrics", "energy", "--out", "" + folder, option, value);

        assertThat(code).isNotZero();
        assertThat(err.toString()).contains(message);
        assertThat(err.toString().lines().filter(line -> !line.isBlank())).hasSizeLessThanOrEqualTo(2);
    }

    @Test
    void shouldRefuseToTakeNoPictures() {
        assertThat(evaluate(unbiased, "demo:defect", "--limit", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--limit 0: takes 1 or more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "demo:scratch | write demo:defect or demo:sticker",
                "voc:nowhere | there is no file or folder nowhere",
                "vox:. | 'vox' is no kind of data, did you mean voc?"
            })
    void shouldSayInOneLineWhatIsWrongWithTheData(String data, String message) {
        assertThat(evaluate(unbiased, data, "--out", "" + folder)).isNotZero();
        assertThat(err.toString().strip()).contains(message).doesNotContain("\n");
    }
}
