package io.hedgerow.evaluate.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.perturbation.Forwards;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/** Measures maps of pictures, batch by batch, and writes down each batch. While one is computed, the next is decoded. */
public final class Evaluation {
    private final Options options;
    private final Pictures pictures;
    private final TrialLog log;
    private final BatchRun run;
    private final CaseViews views;

    /** Told after each batch. */
    public interface Progress {
        /**
         * Takes a batch.
         *
         * @param done pictures so far
         * @param all of them
         * @param trials of this batch, a line each
         */
        void batch(int done, int all, List<String> trials);
    }

    /**
     * Prepares.
     *
     * @param labels of the model's classes by index
     * @param isSigmoid whether each class of the model has a sigmoid of its own
     */
    public Evaluation(
            Options options,
            ClassMap classes,
            List<String> labels,
            boolean isSigmoid,
            Pictures pictures,
            Forwards forwards,
            List<Method> methods,
            TrialLog log,
            Stopwatch watch) {
        this.options = options;
        this.pictures = pictures;
        this.log = log;
        Planner planner = new Planner(classes, labels, isSigmoid, options);
        this.run = new BatchRun(options, planner, pictures, forwards, methods, watch);
        this.views = new CaseViews(planner, pictures, forwards, methods);
    }

    /** Makes maps of single trials again. */
    public CaseViews views() {
        return views;
    }

    /** A batch, decoded. */
    private record Decoded(List<Picture> pictures, List<LeftOut> leftOut) {}

    /**
     * Runs, or goes on.
     *
     * @param settings that the file of trials begins with
     * @param isResumed whether to go on with the file that is there
     * @param isStopped asked before each batch
     * @return whether all pictures are done
     * @throws IOException if the file can't be written, was begun with other settings or, where that was asked for, data is no good
     */
    public boolean run(
            List<Sample> samples, JsonNode settings, boolean isResumed, BooleanSupplier isStopped, Progress progress)
            throws IOException {
        int batches = (samples.size() + Options.BATCH - 1) / Options.BATCH;
        int first = 0;
        if (isResumed && log.exists()) {
            first = log.resume(settings);
        } else {
            log.begin(settings);
        }
        ExecutorService decoder = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "hedgerow-decode");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletableFuture<Decoded> next = decode(samples, first, decoder);
            for (int batch = first; batch < batches; batch++) {
                if (isStopped.getAsBoolean()) {
                    return false;
                }
                Decoded decoded = next.join();
                next = decode(samples, batch + 1, decoder);
                List<LeftOut> leftOut = new ArrayList<>(decoded.leftOut());
                List<BatchRun.Result> results =
                        decoded.pictures().isEmpty() ? List.of() : run.run(decoded.pictures(), leftOut);
                if (options.isStrict() && !leftOut.isEmpty()) {
                    LeftOut one = leftOut.get(0);
                    throw new IOException("%s: %s (%s)"
                            .formatted(one.picture(), one.detail(), one.reason().text()));
                }
                log.append(batch, results, leftOut);
                progress.batch(
                        Math.min(samples.size(), (batch + 1) * Options.BATCH),
                        samples.size(),
                        results.stream().map(Evaluation::text).toList());
            }
            return true;
        } finally {
            decoder.shutdownNow();
        }
    }

    private static String text(BatchRun.Result result) {
        Trial trial = result.trial();
        return "%s: %s, class %d, rank %d"
                .formatted(
                        trial.picture().name(),
                        trial.label(),
                        trial.index(),
                        result.outputs().rank(trial.index()));
    }

    private CompletableFuture<Decoded> decode(List<Sample> samples, int batch, ExecutorService decoder) {
        int from = Math.min(samples.size(), batch * Options.BATCH);
        List<Sample> part = samples.subList(from, Math.min(samples.size(), from + Options.BATCH));
        return CompletableFuture.supplyAsync(
                () -> {
                    List<Picture> decoded = new ArrayList<>();
                    List<LeftOut> leftOut = new ArrayList<>();
                    for (Sample sample : part) {
                        try {
                            decoded.add(pictures.of(sample));
                        } catch (BadDataException e) {
                            leftOut.add(LeftOut.of(sample.name(), "", e));
                        }
                    }
                    return new Decoded(decoded, leftOut);
                },
                decoder);
    }
}
