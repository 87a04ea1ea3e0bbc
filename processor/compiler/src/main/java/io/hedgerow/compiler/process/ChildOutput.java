package io.hedgerow.compiler.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes what the child prints apart: its reports, and what may say why it died. */
final class ChildOutput {
    private static final Logger log = LoggerFactory.getLogger(ChildOutput.class);
    private static final int KEPT = 50;
    private static final int LONGEST = 300;
    private static final Pattern TELLING =
            Pattern.compile("Check failed|what\\(\\):|SIG[A-Z]{3,}|OutOfMemoryError|bad_alloc");

    private final BlockingQueue<ChildMessage> reports = new LinkedBlockingQueue<>();
    private final Deque<String> others = new ArrayDeque<>();
    private final Thread reader;

    ChildOutput(InputStream stream) {
        reader = new Thread(() -> read(stream), "compiler-output");
        reader.setDaemon(true);
        reader.start();
    }

    BlockingQueue<ChildMessage> reports() {
        return reports;
    }

    /** Once the child has ended: the line that tells most about why, or nothing. */
    String lastWords() throws InterruptedException {
        reader.join(1_000);
        synchronized (others) {
            String words = others.stream()
                    .filter(line -> TELLING.matcher(line).find())
                    .reduce((first, second) -> first)
                    .orElseGet(() -> others.isEmpty() ? "" : others.getLast());
            return words.length() > LONGEST ? words.substring(0, LONGEST) + "…" : words;
        }
    }

    private void read(InputStream stream) {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (@Nullable String line = lines.readLine(); line != null; line = lines.readLine()) {
                ChildMessage report = ChildMessage.read(line).orElse(null);
                if (report != null) {
                    reports.add(report);
                } else if (!line.isBlank()) {
                    log.debug("compiler: {}", line);
                    keep(line.strip());
                }
            }
        } catch (IOException e) {
            log.debug("the compiler's output ended: {}", e.toString());
        }
    }

    private void keep(String line) {
        synchronized (others) {
            others.add(line);
            if (others.size() > KEPT) {
                others.remove();
            }
        }
    }
}
