package io.hedgerow.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.demo.BundledModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code hedgerow evaluate} and the key that ends a program. */
@DisabledOnOs(OS.WINDOWS)
class EvaluateInterruptTest {
    /** So many that it is not through before it is told to stop. */
    private static final String PICTURES = "4000";

    @TempDir
    private Path folder;

    @Test
    void shouldLeaveAReadableReportOfWhatIsDone() throws Exception {
        Path out = folder.resolve("out");
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx1g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.hedgerow.cli.Hedgerow",
                        "evaluate",
                        "--model",
                        BundledModel.SURFACE_UNBIASED.unpack(folder).toString(),
                        "--data",
                        "demo:defect",
                        "--limit",
                        PICTURES,
                        "--metrics",
                        "energy",
                        "--draws",
                        "200",
                        "--out",
                        out.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(3)).until(() -> !process.isAlive() || lines(out) > 20);
            assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
            interrupt(process);
            assertThat(process.waitFor(3, TimeUnit.MINUTES)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(Files.readString(log)).contains("stopped; the report is of what is done, --resume goes on");
        JsonNode report = new ObjectMapper().readTree(out.resolve("report.json").toFile());
        assertThat(report.path("complete").asBoolean(true)).isFalse();
        assertThat(report.at("/subsets/all/metrics/energy/methods/hedging/value")
                        .isNumber())
                .isTrue();
        assertThat(Files.readString(out.resolve("report.html"))).endsWith("</html>\n");
    }

    /** As the keyboard's signal, which whatever a shell starts in the background ignores: Java ends by one hook for both. */
    private static void interrupt(Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder(List.of("kill", "-TERM", Long.toString(process.pid()))).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static long lines(Path out) throws IOException {
        Path trials = out.resolve("trials.jsonl");
        if (!Files.exists(trials)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(trials)) {
            return lines.count();
        }
    }
}
