package io.hedgerow.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the program as {@code package} leaves it, in an empty folder. */
final class Launcher {
    static final Path HOME =
            Path.of("../processor/target/hedgerow").toAbsolutePath().normalize();
    static final Path COMMAND = HOME.resolve("bin/hedgerow");

    private final Path out;
    private final Path err;
    private final Process process;

    /** What a process that has ended left. */
    record Result(int code, String out, String err) {}

    private Launcher(Path out, Path err, Process process) {
        this.out = out;
        this.err = err;
        this.process = process;
    }

    static Launcher start(Path folder, Path command, Map<String, String> environment, String... arguments)
            throws Exception {
        Path home = Files.createTempDirectory(folder, "run");
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        List<String> line = new ArrayList<>(List.of(command.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(home.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment()
                .keySet()
                .removeAll(List.of("JAVA_OPTS", "HEDGEROW_OPTS", "JAVA_TOOL_OPTIONS", "TF_CPP_MIN_LOG_LEVEL"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return new Launcher(out, err, builder.start());
    }

    static Result run(Path folder, Path command, Map<String, String> environment, String... arguments)
            throws Exception {
        return start(folder, command, environment, arguments).await();
    }

    Process process() {
        return process;
    }

    String err() throws Exception {
        return Files.readString(err);
    }

    Result await() throws Exception {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        return new Result(process.waitFor(), Files.readString(out), Files.readString(err));
    }
}
