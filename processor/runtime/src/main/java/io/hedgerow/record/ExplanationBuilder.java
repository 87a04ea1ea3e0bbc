package io.hedgerow.record;

import io.hedgerow.ClassExplanation;
import io.hedgerow.ExplainedImage;
import io.hedgerow.ExplainedModel;
import io.hedgerow.Explanation;
import io.hedgerow.Method;
import io.hedgerow.Precision;
import io.hedgerow.RecordInput;
import io.hedgerow.Timings;
import io.hedgerow.compiler.runtime.Attribution;
import io.hedgerow.device.Batched;
import io.hedgerow.event.EventFacts;
import io.hedgerow.event.Finding;
import io.hedgerow.event.InputRecord;
import io.hedgerow.event.PredictionChecker;
import io.hedgerow.event.RejectedRecordException;
import io.hedgerow.event.Subject;
import io.hedgerow.faithfulness.Faithfulness;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.MethodInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Puts an explanation record together. Thread-safe. */
public final class ExplanationBuilder {
    private final PredictionChecker predictions;
    private final MapRecords maps = new MapRecords();
    private final String softwareVersion;

    public ExplanationBuilder(float scoreTolerance, String softwareVersion) {
        this.predictions = new PredictionChecker(scoreTolerance);
        this.softwareVersion = softwareVersion;
    }

    /**
     * Builds the explanation of {@code input}.
     *
     * @param coarsening side, in cells of the model's input layer, of what one cell of the maps sums up
     * @throws RejectedRecordException if a score or a map is not finite
     */
    Explanation build(InputRecord input, Finding.Explained explained, int coarsening) throws RejectedRecordException {
        Subject subject = explained.subject();
        EventFacts event = subject.event();
        Batched<Attribution> result = explained.result();
        ExplainableModel model = subject.model();
        return Explanation.newBuilder()
                .setEventId(event.id())
                .setTime(event.time())
                .setSource(event.source())
                .setAttributes(event.attributes())
                .setModel(new ExplainedModel(model.name(), model.version(), model.sha256()))
                .setImage(new ExplainedImage(
                        event.imageSha256(), subject.imageWidth(), subject.imageHeight(), subject.imageUri()))
                .setPrediction(predictions.check(subject, result.value()))
                .setClasses(classes(subject, result.value(), coarsening))
                .setMethod(method(subject.method(), subject.ratio()))
                .setTimings(timings(subject, result))
                .setDevice(subject.device())
                .setSoftwareVersion(softwareVersion)
                .setPredictionKind(model.scoreKinds().output().toString())
                .setScoreKind(model.scoreKinds().logged().toString())
                .setLeftOut(model.leftOut())
                .setFaithfulness(faithfulness(explained.faithfulness()))
                .setInputs(List.of(new RecordInput(
                        input.partition().topic(), input.partition().partition(), input.offset())))
                .build();
    }

    private List<ClassExplanation> classes(Subject subject, Attribution attribution, int coarsening)
            throws RejectedRecordException {
        int[] indices = attribution.classes();
        List<ClassExplanation> classes = new ArrayList<>(indices.length);
        for (int k = 0; k < indices.length; k++) {
            classes.add(maps.explanation(subject, attribution, k, coarsening));
        }
        return classes;
    }

    private static io.hedgerow.@Nullable Faithfulness faithfulness(@Nullable Faithfulness tried) {
        return tried == null
                ? null
                : new io.hedgerow.Faithfulness(
                        tried.classIndex(), tried.share(), tried.evidenceDrop(), tried.chanceDrop());
    }

    private static Method method(MethodInfo info, float ratio) {
        return new Method(
                info.name(),
                info.version(),
                ratio,
                info.referenceLayer(),
                switch (info.precision()) {
                    case FLOAT32 -> Precision.FLOAT32;
                    case BFLOAT16 -> Precision.BFLOAT16;
                },
                info.parameters());
    }

    private static Timings timings(Subject subject, Batched<Attribution> result) {
        return new Timings(
                TimeUnit.NANOSECONDS.toMicros(subject.decodeNanos()),
                TimeUnit.NANOSECONDS.toMicros(result.queueNanos()),
                TimeUnit.NANOSECONDS.toMicros(result.computeNanos()),
                result.batchSize());
    }
}
