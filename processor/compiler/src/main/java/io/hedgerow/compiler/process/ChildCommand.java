package io.hedgerow.compiler.process;

import io.hedgerow.engine.TensorFlowRuntime;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** How the child is started: this Java, this class path, and nothing that is secret. */
final class ChildCommand {
    /** Memory that is Java's at most: a graph's constants pass through its heap, TensorFlow holds one copy more. */
    private static final double HEAP_SHARE = 0.6;

    private static final Pattern ENVIRONMENT = Pattern.compile(
            "PATH|HOME|USERPROFILE|LOCALAPPDATA|SystemRoot|XDG_CACHE_HOME|TMPDIR|TMP|TEMP|LANG|LC_.*|LD_LIBRARY_PATH"
                    + "|DYLD_.*|HEDGEROW_CACHE|TENSORFLOW_LIBRARY_PATH|TF_.*|OMP_.*");
    private static final List<String> PROPERTIES =
            List.of("java.io.tmpdir", "user.home", "hedgerow.log.format", "hedgerow.log.level");

    private ChildCommand() {}

    /**
     * Makes the command; nothing is started yet.
     *
     * @param main the class to run
     * @param bytes what the child may take
     * @param work where Java may leave what it has to say about a crash
     */
    static ProcessBuilder of(Class<?> main, long bytes, Path work) {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-Xmx" + (long) (bytes * HEAP_SHARE));
        line.addAll(List.of(
                "-XX:+UseSerialGC",
                "-XX:MinHeapFreeRatio=10",
                "-XX:MaxHeapFreeRatio=20",
                "-XX:-ShrinkHeapInSteps",
                "-XX:+ExitOnOutOfMemoryError"));
        line.addAll(List.of(
                "-XX:-UsePerfData", "-XX:-CreateCoredumpOnCrash", "-XX:ErrorFile=" + work.resolve("crash.log")));
        line.addAll(List.of("-Djava.awt.headless=true", "-Dfile.encoding=UTF-8"));
        for (String property : PROPERTIES) {
            if (System.getProperty(property) != null) {
                line.add("-D%s=%s".formatted(property, System.getProperty(property)));
            }
        }
        TensorFlowRuntime.library().ifPresent(folder -> line.add("-DTENSORFLOW_LIBRARY_PATH=" + folder));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(line::add);
        line.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> !ENVIRONMENT.matcher(name).matches());
        // compiling needs no GPU, and TensorFlow would take all of its memory
        environment.put("CUDA_VISIBLE_DEVICES", "-1");
        // weights go from one form to the next, and what they leave is to be there for all threads, or the system's
        // again
        environment.put("MALLOC_ARENA_MAX", "1");
        environment.put("MALLOC_MMAP_THRESHOLD_", "4194304");
        return builder;
    }
}
