package io.hedgerow.compiler.process;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.compiler.ModelCompiler;
import io.hedgerow.compiler.api.CompileLimits;
import io.hedgerow.compiler.api.CompileOptions;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiles each model in a child process within limits, so that a crash or an endless computation inside TensorFlow ends in
 * an error that says so. The child has no secrets of this process and no GPU, and ends when this process does. Thread-safe.
 */
public final class ChildCompiler implements ModelCompiler {
    // RATIONALE: Why is a model compiled in a process of its own?
    private static final Logger log = LoggerFactory.getLogger(ChildCompiler.class);

    private final CompileLimits limits;
    private final Class<?> main;

    public ChildCompiler(CompileLimits limits) {
        this(limits, CompilerMain.class);
    }

    /** For tests, with a child that misbehaves. */
    ChildCompiler(CompileLimits limits, Class<?> main) {
        this.limits = limits;
        this.main = main;
    }

    /**
     * {@inheritDoc}
     *
     * @throws ModelRefusedException if the model can't be explained, exceeds the limits, or takes TensorFlow down
     */
    @Override
    public ExplanationInfo compile(Path model, CompileOptions options, Path out, CompileProgress progress)
            throws IOException {
        progress.show(0, 1, "starting");
        // once for all; it would count as the child's time
        TensorFlowRuntime.unpack();
        Path work = Files.createTempDirectory("hedgerow-compile-");
        Request request = new Request(
                model.toAbsolutePath().toString(), options, out.toAbsolutePath().toString());
        MemoryBudget room = MemoryBudget.of(limits);
        Process process = ChildCommand.of(main, room.bytes(), work).start();
        try (OutputStream in = process.getOutputStream()) {
            // the pipe stays open: its end is the child's
            ask(in, request);
            return outcome(new CompilerProcess(process, room, limits.time()).await(progress), out);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted while compiling " + model).initCause(e);
        } finally {
            process.destroyForcibly().onExit().join();
            Files.deleteIfExists(work.resolve("crash.log"));
            Files.deleteIfExists(work);
        }
    }

    private static void ask(OutputStream in, Request request) throws JsonProcessingException {
        byte[] line = (new ObjectMapper().writeValueAsString(request) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            in.write(line);
            in.flush();
        } catch (IOException e) {
            log.debug("the compiler's process does not listen; its end says why: {}", e.toString());
        }
    }

    private static ExplanationInfo outcome(ChildMessage last, Path out) throws IOException {
        return switch (last.kind()) {
            case REFUSED -> throw new ModelRefusedException(last.text(), last.details());
            case FAILED -> throw new IOException(last.text());
            case BROKEN, STEP -> throw new IllegalStateException("compiling failed: " + last.text());
            case DONE -> ExplanationInfo.read(out);
        };
    }
}
