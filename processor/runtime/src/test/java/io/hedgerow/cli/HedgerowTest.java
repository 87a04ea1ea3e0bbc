package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.cli.console.Failures;
import io.hedgerow.config.ConfigurationException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HedgerowTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void shouldShowHelpAndVersion() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("hedgerow", "demo-data", "--verbose");
        assertThat(run("demo-data", "--help")).isZero();
        assertThat(out.toString()).contains("--stickers");
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).containsPattern("hedgerow \\S+").contains("Java 1");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void shouldAskForACommand() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("hedgerow: A command is missing", "Try 'hedgerow --help' for what there is.");
    }

    @Test
    void shouldNameTheCommandAndOptionThatWereProbablyMeant() {
        assertThat(run("demo-date")).isEqualTo(2);
        assertThat(err.toString()).contains("'demo-date'; did you mean", "demo-data");
        assertThat(run("demo-data", "--out", "x", "--cuont=3")).isEqualTo(2);
        assertThat(err.toString()).contains("'--cuont=3'; did you mean --count", "Try 'hedgerow demo-data --help'");
    }

    @Test
    void shouldNameTheOptionThatIsMissingOrWrong() {
        assertThat(run("demo-data")).isEqualTo(2);
        assertThat(err.toString()).contains("--out");
        assertThat(run("demo-data", "--out", "x", "--count", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("--count 0: at least 1 picture");
        assertThat(run("demo-data", "--out", "x", "--stickers", "some")).isEqualTo(2);
        assertThat(err.toString()).contains("BIASED");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void shouldWriteDemoData() {
        assertThat(run(
                        "demo-data",
                        "--out",
                        folder.resolve("set").toString(),
                        "--count",
                        "3",
                        "--stickers",
                        "unbiased"))
                .isZero();
        assertThat(folder.resolve("set/images/000002.png")).exists();
        assertThat(out.toString()).startsWith("3 pictures written to ");
    }

    @Test
    void shouldSayInOneLineWhatFailed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        assertThat(run("demo-data", "--out", file.toString())).isEqualTo(1);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("hedgerow: ").contains(file.toString());
    }

    @Test
    void shouldShowTheStackTraceOnlyIfAsked() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        run("demo-data", "--verbose", "--out", file.toString());

        assertThat(err.toString()).contains("\tat io.hedgerow.");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                failure(new ConfigurationException("a.yaml:3: wrong"), 2, "hedgerow: a.yaml:3: wrong"),
                failure(new NoSuchFileException("/x"), 1, "hedgerow: There is no file or directory /x"),
                failure(
                        new UncheckedIOException(new NoSuchFileException("/x")),
                        1,
                        "hedgerow: There is no file or directory /x"),
                failure(new IOException("disk\n  full"), 1, "hedgerow: disk full"),
                failure(
                        new KafkaException("No client", new RuntimeException(new ConfigException("no address"))),
                        2,
                        "hedgerow: No client: no address"),
                failure(new KafkaException("No answer", new TimeoutException()), 1, "hedgerow: No answer"),
                failure(
                        new KafkaException("No client", new NoSuchFileException("/x")),
                        1,
                        "hedgerow: No client: There is no file or directory /x"),
                failure(
                        new KafkaException(
                                "No client",
                                new KafkaException(
                                        "No key store",
                                        new IOException("wrong password", new IllegalStateException("bad padding")))),
                        1,
                        "hedgerow: No client: No key store: wrong password"),
                failure(
                        new UnsatisfiedLinkError("libx.so"),
                        1,
                        "hedgerow: An error that should not happen: java.lang.UnsatisfiedLinkError: libx.so. Please report"
                                + " it, with what --verbose shows"),
                failure(
                        new IllegalStateException("odd"),
                        1,
                        "hedgerow: An error that should not happen: java.lang.IllegalStateException: odd. Please report"
                                + " it, with what --verbose shows"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void shouldRenderFailures(Throwable failure, int code, String line) {
        assertThat(Failures.execution(failure, new PrintWriter(err, true), false))
                .isEqualTo(code);
        assertThat(err.toString().strip()).isEqualTo(line);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"vgg", "densenet", "inception", "resnet_bottleneck", "mobilenet_v3_keras3", "binary_gray_keras2"
            })
    void shouldSayWhatWasFoundInAModel(String name) {
        Path model = Path.of("../compiler/src/test/resources/fixtures/models", name, "saved_model");

        int code = run(
                "compile",
                "--model",
                model.toString(),
                "--out",
                folder.resolve("made").toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(out.toString().lines())
                .anyMatch(line -> line.matches("input  .*: \\d+ x \\d+ x [13], float32"))
                .anyMatch(line -> line.matches("preprocessing  +\\w.*"))
                .anyMatch(line -> line.matches("head  +\\w.*"))
                .anyMatch(line -> line.matches("convolution  +\\d+"))
                .anyMatch(line ->
                        line.matches("self-check  +scores within .* relevance of \\d+ layers within .*e-0[4-9]"))
                .allMatch(line -> line.isEmpty() || line.startsWith("Written to ") || line.matches("\\S.{14,}"));
    }

    @Test
    void shouldRefuseToCompileWithinTooLittleTime() {
        Path model = Path.of("../compiler/src/test/resources/fixtures/models/vgg/saved_model");

        assertThat(run("compile", "--model", model.toString(), "--out", folder.toString(), "--compile-timeout", "1ms"))
                .isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("took longer than", "--compile-timeout");
        assertThat(run("compile", "--model", "x", "--out", "y", "--compile-bytes", "much"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("'much' is not a size, such as 512MB or 8GB");
    }

    private static Arguments failure(Throwable failure, int code, String line) {
        return Arguments.of(failure, code, line);
    }

    private int run(String... args) {
        return Hedgerow.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
    }
}
