package io.hedgerow.evaluate.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.ClassMap;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.evaluate.methods.Method;
import io.hedgerow.evaluate.perturbation.Forwards;
import io.hedgerow.evaluate.randomisation.Randomisation;
import io.hedgerow.evaluate.randomisation.RandomisedModels;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Measures maps of pictures, batch by batch, and writes down each batch. While one is computed, the next is decoded. */
public final class Evaluation {
    private final Options options;
    private final Pictures pictures;
    private final TrialLog log;
    private final Questions questions;
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
     * @param models that forgot what the model learned; null if no metric needs them
     */
    public Evaluation(
            Options options,
            ClassMap classes,
            List<String> labels,
            boolean isSigmoid,
            Pictures pictures,
            Forwards forwards,
            List<Method> methods,
            @Nullable RandomisedModels models,
            TrialLog log,
            Stopwatch watch) {
        this.options = options;
        this.pictures = pictures;
        this.log = log;
        Planner planner = new Planner(classes, labels, isSigmoid, options);
        this.questions = new Questions(options, planner, forwards, methods);
        this.run = new BatchRun(
                questions,
                new MapQuestions(options, pictures, forwards),
                forwards,
                methods,
                models == null ? null : new Randomisation(models),
                watch);
        this.views = new CaseViews(planner, pictures, forwards, methods);
    }

    /** Makes maps of single trials again. */
    public CaseViews views() {
        return views;
    }

    /** A batch, decoded. */
    private record Decoded(List<Questions.Planned> pictures, List<LeftOut> leftOut) {}

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
            Batches batches, JsonNode settings, boolean isResumed, BooleanSupplier isStopped, Progress progress)
            throws IOException {
        int pictures = batches.samples().size();
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
            CompletableFuture<Decoded> next = decode(batches.batch(first), decoder);
            for (int batch = first; batch < batches.count(); batch++) {
                if (isStopped.getAsBoolean()) {
                    return false;
                }
                Decoded decoded = next.join();
                next = decode(batches.batch(batch + 1), decoder);
                List<LeftOut> leftOut = new ArrayList<>(decoded.leftOut());
                List<TrialResult> results = decoded.pictures().isEmpty()
                        ? List.of()
                        : run.run(decoded.pictures(), batches.isRandomised(batch), leftOut);
                if (options.isStrict() && !leftOut.isEmpty()) {
                    LeftOut one = leftOut.get(0);
                    throw new IOException("%s: %s (%s)"
                            .formatted(one.picture(), one.detail(), one.reason().text()));
                }
                log.append(batch, results, leftOut);
                progress.batch(
                        batches.picturesUpTo(batch),
                        pictures,
                        results.stream().map(Evaluation::text).toList());
            }
            return true;
        } finally {
            decoder.shutdownNow();
        }
    }

    private static String text(TrialResult result) {
        Trial trial = result.trial();
        return "%s: %s, class %d, rank %d"
                .formatted(
                        trial.picture().name(),
                        trial.label(),
                        trial.index(),
                        result.outputs().rank(trial.index()));
    }

    private CompletableFuture<Decoded> decode(List<List<Sample>> batch, ExecutorService decoder) {
        return CompletableFuture.supplyAsync(
                () -> {
                    Decoded decoded = new Decoded(new ArrayList<>(), new ArrayList<>());
                    batch.forEach(group -> decode(group, decoded));
                    return decoded;
                },
                decoder);
    }

    /** Of equal pictures one is decoded. */
    private void decode(List<Sample> group, Decoded into) {
        Picture equal = null;
        for (Sample sample : group) {
            try {
                Picture picture = equal == null ? pictures.of(sample) : pictures.of(sample, equal);
                into.pictures().add(questions.ahead(picture, into.leftOut()));
                equal = picture;
            } catch (BadDataException e) {
                into.leftOut().add(LeftOut.of(sample.name(), "", e));
            }
        }
    }
}
