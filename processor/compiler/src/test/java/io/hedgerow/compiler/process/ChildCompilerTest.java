package io.hedgerow.compiler.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.compiler.api.Precision;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildCompilerTest {
    private static final Path MODEL = Path.of("src/test/resources/fixtures/models/vgg/saved_model");
    private static final CompileLimits LIMITS = new CompileLimits(1L << 30, Duration.ofMinutes(2));

    @TempDir
    Path folder;

    @Test
    void shouldMakeWhatIsMadeInThisProcess() throws Exception {
        Path here = folder.resolve("here");
        Path there = folder.resolve("there");
        List<String> steps = new ArrayList<>();

        ExplanationInfo expected = new Compiler().compile(MODEL, CompileOptions.DEFAULT, here);
        ExplanationInfo made = new ChildCompiler(LIMITS)
                .compile(MODEL, CompileOptions.DEFAULT, there, (done, all, step) -> steps.add(step));

        assertThat(made).isEqualTo(expected);
        assertThat(there.resolve("saved_model.pb")).hasSize(Files.size(here.resolve("saved_model.pb")));
        assertThat(steps).startsWith("starting").contains("reading the model").hasSizeGreaterThan(3);
    }

    @Test
    void shouldHandOnWhyAModelIsRefused() {
        CompileOptions options = new CompileOptions(null, null, "nowhere", Precision.FLOAT32);

        assertThatThrownBy(() -> new ChildCompiler(LIMITS).compile(MODEL, options, folder))
                .isInstanceOf(ModelRefusedException.class)
                .hasMessageContaining("named 'nowhere'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ABORT  | died while breaking: it was ended by signal 6
                    EXIT   | died while breaking: it ended with code 42 (F0000 tensor.cc:1 Check failed: a == b)
                    HANG   | breaking took longer than 10 s; timeouts.compile
                    NATIVE | breaking took more than 1024 MB of memory; limits.compile-bytes
                    HEAP   | died while breaking: it ran out of memory; limits.compile-bytes
                    BUG    | compiling failed: java.lang.IllegalStateException: a mistake
                    """)
    void shouldSurviveAChildThatBreaks(String way, String message) {
        Duration time = Duration.ofSeconds(way.equals("HANG") ? 10 : 60);
        ChildCompiler compiler = new ChildCompiler(new CompileLimits(1L << 30, time), BreakingChild.class);
        CompileOptions options = new CompileOptions(way, null, null, Precision.FLOAT32);

        assertThatThrownBy(() -> compiler.compile(MODEL, options, folder))
                .isInstanceOf(way.equals("BUG") ? IllegalStateException.class : ModelRefusedException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
        assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void shouldGiveTheChildNoSecrets() {
        ProcessBuilder child = ChildCommand.of(CompilerMain.class, 1L << 30, folder);

        assertThat(child.environment().keySet()).contains("PATH", "CUDA_VISIBLE_DEVICES");
        assertThat(child.environment()).doesNotContainKey("JAVA_TOOL_OPTIONS");
        assertThat(child.environment().keySet()).allMatch(name -> name.matches("[A-Z][A-Za-z_]*"));
        assertThat(System.getenv()).containsKey("HEDGEROW_TEST_PASSWORD");
        assertThat(child.environment()).doesNotContainKey("HEDGEROW_TEST_PASSWORD");
    }

    @Test
    void shouldEndTheChildWithItsParent() throws Exception {
        Process child = ChildCommand.of(CompilerMain.class, 1L << 30, folder).start();
        child.getOutputStream().write("{\"model\":\"/dev/zero/no\",\"out\":\"x\"}\n".getBytes("UTF-8"));
        child.getOutputStream().close();

        assertThat(child.waitFor(60, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    }
}
