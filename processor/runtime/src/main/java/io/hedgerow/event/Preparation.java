package io.hedgerow.event;

import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.faithfulness.FaithfulnessSample;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.Explainer;
import io.hedgerow.models.MethodInfo;
import io.hedgerow.models.ModelSource;
import io.hedgerow.models.UnknownModelException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** From a record to what its device is asked: reads, looks up, checks and decodes. Thread-safe. */
public final class Preparation {
    private final EventReader events;
    private final Sampling sampling;
    private final EventCheck check;
    private final ImageReader images;
    private final FaithfulnessSample faithfulness;
    private final LoggedClasses classes = new LoggedClasses();

    public Preparation(
            EventReader events,
            Sampling sampling,
            EventCheck check,
            ImageReader images,
            FaithfulnessSample faithfulness) {
        this.events = events;
        this.sampling = sampling;
        this.check = check;
        this.images = images;
        this.faithfulness = faithfulness;
    }

    /**
     * Prepares a record for a device.
     *
     * @throws io.hedgerow.serde.RegistryUnavailableException if it can't be read now
     * @throws io.hedgerow.serde.RegistryRefusedException if it can't be read before a person mends the settings
     */
    public Prepared prepare(InputRecord record, Explainer device) {
        PredictionEvent event;
        try {
            event = events.read(record);
        } catch (RejectedRecordException e) {
            return rejected(e, null);
        }
        EventFacts facts = EventFacts.of(event, ImageReader.sha256(event));
        if (!sampling.includes(event.getId())) {
            return new Prepared.Settled(new Finding.SampledOut(facts));
        }
        EventFacts known = facts;
        try {
            check.check(event);
            ExplainableModel model = model(event, device);
            known = facts.withModel(model.sha256());
            return request(event, known, model, device);
        } catch (RejectedRecordException e) {
            return rejected(e, known);
        } catch (RuntimeException e) {
            return rejected(RejectedRecordException.unexplainable(e), known);
        }
    }

    private Prepared request(PredictionEvent event, EventFacts facts, ExplainableModel model, Explainer device)
            throws RejectedRecordException {
        List<Prediction> logged = classes.of(event.getPredictions(), model);
        int[] asked = check.classes(event, logged, model);
        MethodInfo method = check.method(event, model);
        float ratio = check.ratio(event, model, method);
        long start = System.nanoTime();
        SourceImage image = images.read(event, model);
        Subject subject = new Subject(
                facts,
                logged,
                model,
                device.device(),
                method,
                ratio,
                image.width(),
                image.height(),
                image.uri(),
                image.tensor().spec(),
                image.tensor().toImage(),
                image.tensor().turn(),
                System.nanoTime() - start);
        return new Prepared.Request(
                subject,
                new AttributionRequest(image.tensor(), asked, Map.of(ModelSource.RATIO, ratio), method.name()),
                faithfulness.trial(event.getId(), model.sha256(), image.tensor()));
    }

    private static Prepared rejected(RejectedRecordException why, @Nullable EventFacts facts) {
        return new Prepared.Settled(new Finding.Rejected(why, facts));
    }

    private static ExplainableModel model(PredictionEvent event, Explainer device) throws RejectedRecordException {
        try {
            return device.find(event.getModel().getName(), event.getModel().getVersion());
        } catch (UnknownModelException e) {
            throw new RejectedRecordException(Reason.UNKNOWN_MODEL, String.valueOf(e.getMessage()), e);
        }
    }
}
