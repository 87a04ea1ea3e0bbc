package io.hedgerow.compiler.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.hedgerow.compiler.Compiler;
import io.hedgerow.compiler.api.CompileProgress;
import io.hedgerow.compiler.api.ModelRefusedException;
import io.hedgerow.engine.EngineException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The child: compiles the one model that it is asked for on standard input, and ends. */
final class CompilerMain {
    private final PrintStream reports = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private CompilerMain() {}

    public static void main(String[] args) throws IOException {
        offerToBeKilled();
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        Request request = new ObjectMapper().readValue(in.readLine(), Request.class);
        Thread parent = new Thread(() -> awaitEnd(in), "parent");
        parent.setDaemon(true);
        parent.start();
        CompilerMain child = new CompilerMain();
        child.say(child.compile(request));
        // TensorFlow's threads have nothing left to do, and its destructors are no part of the result
        Runtime.getRuntime().halt(0);
    }

    /** Where memory runs out, Linux is to take this process rather than the one that waits for it. */
    private static void offerToBeKilled() {
        try {
            Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
        } catch (IOException e) {
            // no Linux, or not allowed: the limits still hold
        }
    }

    private ChildMessage compile(Request request) {
        try {
            new Compiler().compile(Path.of(request.model()), request.options(), Path.of(request.out()), this::step);
            return ChildMessage.of(ChildMessage.Kind.DONE, "");
        } catch (ModelRefusedException e) {
            return new ChildMessage(ChildMessage.Kind.REFUSED, String.valueOf(e.getMessage()), e.details(), 0, 0);
        } catch (IOException | EngineException e) {
            return ChildMessage.of(ChildMessage.Kind.FAILED, String.valueOf(e.getMessage()));
        } catch (RuntimeException | StackOverflowError e) {
            e.printStackTrace();
            return ChildMessage.of(ChildMessage.Kind.BROKEN, e.toString());
        }
    }

    private void step(int done, int all, String step) {
        say(new ChildMessage(ChildMessage.Kind.STEP, step, "", done, all));
        if (step.equals(CompileProgress.CHECKING)) {
            // copies of the weights that Java has made, and TensorFlow is about to need the room
            System.gc();
        }
    }

    private void say(ChildMessage report) {
        reports.println(report.line());
    }

    /** Nobody waits for the result any more once the parent's end of the pipe is closed. */
    private static void awaitEnd(BufferedReader in) {
        try {
            while (in.read() >= 0) {
                // says nothing more
            }
        } catch (IOException e) {
            // as good as an end
        }
        Runtime.getRuntime().halt(1);
    }
}
