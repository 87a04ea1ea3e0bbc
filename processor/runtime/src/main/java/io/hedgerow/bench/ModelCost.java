package io.hedgerow.bench;

import io.hedgerow.compiler.api.ExplanationInfo;
import io.hedgerow.device.BatchSizeTuner;
import io.hedgerow.device.Median;
import io.hedgerow.engine.ProcessStatus;
import io.hedgerow.engine.TensorFlowRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What explaining costs in terms of the forward pass: both signatures of one explanation SavedModel, alternating, on the
 * same images in the same session with the same threads. The forward pass takes the batch at once, explaining as many images
 * of it as is fastest, and those in halves side by side, as everywhere on a CPU.
 */
public final class ModelCost {
    private final int batch;
    private final int rounds;
    private final int classes;

    /**
     * Prepares.
     *
     * @param batch images in a forward pass, and at most in what is explained at once
     * @param rounds of which medians are taken
     * @param classes of each image whose cost is compared with that of one; 1 compares nothing
     */
    public ModelCost(int batch, int rounds, int classes) {
        this.batch = batch;
        this.rounds = rounds;
        this.classes = classes;
    }

    /**
     * Measures.
     *
     * @param compiled directory of an explanation SavedModel
     * @return figures by name: {@code forward_images_per_second}, {@code explain_images_per_second},
     *     {@code explain_to_forward} (medians; the quotient of each round), with several classes {@code classes_to_one} (what
     *     explaining them adds to the forward pass, as a multiple of what one adds) and {@code classes}, {@code peak_bytes}
     *     (the process's high-water mark, -1 if unknown), {@code explained_at_once}, {@code bytes_per_image} (of a batch, at
     *     most and weights apart, -1 if the input's size is free), {@code batch}, {@code rounds}
     * @throws IOException if the model can't be read
     */
    public Map<String, Object> run(Path compiled) throws IOException {
        TensorFlowRuntime.start();
        ExplanationInfo info = ExplanationInfo.read(compiled);
        double[] forward = new double[rounds];
        double[] explain = new double[rounds];
        double[] toForward = new double[rounds];
        double[] toOne = new double[rounds];
        int atOnce;
        try (ModelSession session = new ModelSession(compiled, info)) {
            atOnce = BatchSizeTuner.upTo(batch, images -> session.explain(images, 1))
                    .size();
            for (int warm = 0; warm < 2; warm++) {
                session.predict(batch);
                session.explain(atOnce, 1);
            }
            if (classes > 1) {
                session.explain(atOnce, classes);
            }
            for (int round = 0; round < rounds; round++) {
                // What the machine's speed changes by in a round counts for both.
                double before = session.predict(batch) / batch;
                explain[round] = explaining(session, atOnce, 1);
                double several = classes == 1 ? 0 : explaining(session, atOnce, classes);
                double after = session.predict(batch) / batch;
                forward[round] = (before + after) / 2;
                toForward[round] = explain[round] / forward[round];
                toOne[round] = (several - forward[round]) / (explain[round] - forward[round]);
            }
        }
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("forward_images_per_second", 1 / Median.of(forward));
        figures.put("explain_images_per_second", 1 / Median.of(explain));
        figures.put("explain_to_forward", Median.of(toForward));
        if (classes > 1) {
            figures.put("classes_to_one", Median.of(toOne));
            figures.put("classes", classes);
        }
        figures.put("peak_bytes", ProcessStatus.peak());
        figures.put("bytes_per_image", info.bytesPerImage());
        figures.put("batch", batch);
        figures.put("explained_at_once", atOnce);
        figures.put("rounds", rounds);
        return figures;
    }

    /** Seconds an image, of about as many images as a forward pass takes. */
    private double explaining(ModelSession session, int atOnce, int classesOfEach) throws IOException {
        double sum = 0;
        int times = Math.max(1, batch / atOnce);
        for (int i = 0; i < times; i++) {
            sum += session.explain(atOnce, classesOfEach);
        }
        return sum / times / atOnce;
    }
}
