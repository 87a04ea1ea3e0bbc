package io.hedgerow.compiler.process;

import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.engine.ProcessStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running child: watched until it reports a result, breaks a limit, or dies. */
final class CompilerProcess {
    private static final Logger log = LoggerFactory.getLogger(CompilerProcess.class);
    private static final long LOOK_MILLIS = 20;
    /** What Java ends with by ExitOnOutOfMemoryError. */
    private static final int OUT_OF_MEMORY = 3;

    private static final int SIGNALS = 128;
    private static final int KILL = 9;

    private final Process process;
    private final MemoryBudget room;
    private final Duration time;
    private final ChildOutput output;
    private String step = "starting";

    CompilerProcess(Process process, MemoryBudget room, Duration time) {
        this.process = process;
        this.room = room;
        this.time = time;
        this.output = new ChildOutput(process.getInputStream());
    }

    /** The report that ends it; where the child gives none, one that says what happened. */
    ChildMessage await(CompileProgress progress) throws InterruptedException {
        long start = System.nanoTime();
        long peak = 0;
        while (true) {
            boolean alive = process.isAlive();
            @Nullable ChildMessage report = output.reports().poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (report != null && report.kind() != ChildMessage.Kind.STEP) {
                log.debug("Compiled with {} MB of memory", peak >> 20);
                return report;
            }
            if (report != null) {
                step = report.text();
                progress.show(report.done(), report.all(), step);
                continue;
            }
            if (!alive) {
                return died();
            }
            peak = Math.max(peak, ProcessStatus.resident(process.pid()));
            if (peak > room.bytes()) {
                return stopped("took more than %d MB of memory; %s".formatted(room.bytes() >> 20, room.remedy()));
            }
            if (System.nanoTime() - start > time.toNanos()) {
                return stopped("took longer than %d s; timeouts.compile, or --compile-timeout, allows more"
                        .formatted(time.toSeconds()));
            }
        }
    }

    private ChildMessage stopped(String why) throws InterruptedException {
        process.destroyForcibly().waitFor();
        return ChildMessage.of(ChildMessage.Kind.REFUSED, "the model can't be compiled: %s %s".formatted(step, why));
    }

    private String how(int code) {
        if (code == OUT_OF_MEMORY) {
            return "it ran out of memory; " + room.remedy();
        }
        if (code == SIGNALS + KILL) {
            return "it was killed, as the system does where memory runs out";
        }
        return code > SIGNALS ? "it was ended by signal " + (code - SIGNALS) : "it ended with code " + code;
    }

    private ChildMessage died() throws InterruptedException {
        int code = process.waitFor();
        String words = output.lastWords();
        for (@Nullable ChildMessage late; (late = output.reports().poll()) != null; step = late.text()) {
            if (late.kind() != ChildMessage.Kind.STEP) {
                return late;
            }
        }
        String how = how(code);
        return ChildMessage.of(
                ChildMessage.Kind.REFUSED,
                "the model can't be compiled: the process that compiled it died while %s: %s%s"
                        .formatted(step, how, words.isEmpty() ? "" : " (" + words + ")"));
    }
}
