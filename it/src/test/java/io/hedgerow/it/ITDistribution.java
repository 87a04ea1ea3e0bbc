package io.hedgerow.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.demo.BundledModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The program as {@code package} leaves it. */
@DisabledOnOs(OS.WINDOWS)
class ITDistribution {
    private static final Path HOME = Launcher.HOME;
    private static final Path LAUNCHER = Launcher.COMMAND;

    @TempDir
    private Path folder;

    @Test
    void shouldStartThroughLinksFromAnyFolder() throws Exception {
        Path spaced = Files.createDirectory(folder.resolve("with space"));
        Files.createSymbolicLink(spaced.resolve("absolute"), LAUNCHER);
        Path link = Files.createSymbolicLink(folder.resolve("relative"), Path.of("with space/absolute"));

        Launcher.Result result = run(link, Map.of(), "--version");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.out()).startsWith("hedgerow 0.");
    }

    static Stream<Path> javaHomes() throws IOException {
        Path installed = Path.of("/usr/lib/jvm");
        Stream<Path> others = Files.isDirectory(installed) ? Files.list(installed) : Stream.empty();
        return Stream.concat(Stream.of(Path.of(System.getProperty("java.home"))), others)
                .filter(home -> Files.isExecutable(home.resolve("bin/java")))
                .map(ITDistribution::realPath)
                .distinct();
    }

    @ParameterizedTest
    @MethodSource("javaHomes")
    void shouldStartQuietlyOnEveryJava(Path home) throws Exception {
        Path model = BundledModel.SURFACE_BIASED.unpack(folder);

        Launcher.Result result = run(
                LAUNCHER,
                Map.of("JAVA_HOME", home.toString()),
                "compile",
                "--model",
                model.toString(),
                "--out",
                folder.resolve("compiled").toString());

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).isEmpty();
    }

    @Test
    void shouldKeepTensorFlowsOwnLinesBackWithoutTheLauncherToo() throws Exception {
        Path jar = Launcher.HOME.resolve("lib/hedgerow-processor-0.1.0.jar");
        Path model = BundledModel.SURFACE_BIASED.unpack(folder);

        Launcher.Result result = run(
                Path.of(System.getProperty("java.home"), "bin/java"),
                Map.of(),
                "-jar",
                jar.toString(),
                "bench",
                "--model",
                model.toString(),
                "--batch",
                "1");

        assertThat(result.code()).as(result.err()).isZero();
        assertThat(result.err()).doesNotContain("tensorflow/");
    }

    @Test
    void shouldHandOptionsToJava() throws Exception {
        assertThat(run(LAUNCHER, Map.of("JAVA_OPTS", "-showversion"), "--version")
                        .err())
                .contains("Runtime");
        assertThat(run(LAUNCHER, Map.of("HEDGEROW_OPTS", "-Xmx64m -showversion"), "--version")
                        .err())
                .contains("Runtime");
    }

    @Test
    void shouldSayThatJavaIsMissing() throws Exception {
        Launcher.Result result = run(LAUNCHER, Map.of("JAVA_HOME", "/no/such/java"), "--version");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("hedgerow: JAVA_HOME is /no/such/java")
                .contains("17");
    }

    @Test
    void shouldTellGlibcToKeepMemoryUnlessSomebodySaysOtherwise() throws Exception {
        String home =
                javaThat("echo '    java.specification.version = 17' >&2; env").toString();

        Launcher.Result result = run(LAUNCHER, Map.of("JAVA_HOME", home, "MALLOC_ARENA_MAX", "3"));

        assertThat(result.out().lines())
                .contains("MALLOC_MMAP_MAX_=0", "MALLOC_TRIM_THRESHOLD_=1099511627776", "MALLOC_ARENA_MAX=3");
    }

    /** Home of a Java that is a shell script. */
    private Path javaThat(String does) throws Exception {
        Path java = Files.createDirectories(folder.resolve("bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\n" + does + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return folder;
    }

    @Test
    void shouldSayThatJavaIsTooOld() throws Exception {
        Path java = javaThat("echo '    java.specification.version = 11' >&2").resolve("bin/java");

        Launcher.Result result = run(LAUNCHER, Map.of("JAVA_HOME", folder.toString()), "--version");

        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).isEqualTo("hedgerow: " + java + " is too old: Java 17 or later is needed\n");
    }

    @Test
    void shouldLeaveTheRegistryClientsCopiesOfOthersClassesToTheLast() throws Exception {
        try (JarFile jar = new JarFile(jar().toFile())) {
            String[] classPath = jar.getManifest()
                    .getMainAttributes()
                    .getValue(Attributes.Name.CLASS_PATH)
                    .split(" ");

            assertThat(classPath).hasSizeGreaterThan(50);
            assertThat(classPath[classPath.length - 1]).startsWith("flink-sql-avro-confluent-registry");
            assertThat(List.of(classPath))
                    .allSatisfy(name -> assertThat(HOME.resolve("lib/" + name)).exists());
        }
    }

    @Test
    void shouldExitWithTwoIfUsedWrongly() throws Exception {
        Launcher.Result result = run(LAUNCHER, Map.of(), "demo-dta");

        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains("did you mean demo-data?");
    }

    private static Path realPath(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path jar() throws IOException {
        try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
            return jars.filter(jar -> jar.getFileName().toString().startsWith("hedgerow-processor-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Launcher.Result run(Path command, Map<String, String> environment, String... arguments) throws Exception {
        return Launcher.run(folder, command, environment, arguments);
    }
}
