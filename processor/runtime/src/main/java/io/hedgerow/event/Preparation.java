package io.hedgerow.event;

import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.compiler.runtime.AttributionRequest;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.models.Explainer;
import io.hedgerow.models.UnknownModelException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** From a record to what its device is asked: reads, looks up, checks and decodes. Thread-safe. */
public final class Preparation {
    /** A checked request with what it is about. */
    public record Prepared(Subject subject, AttributionRequest request) {}

    private final EventReader events;
    private final Sampling sampling;
    private final EventCheck check;
    private final ImageReader images;
    private final LoggedClasses classes = new LoggedClasses();

    public Preparation(EventReader events, Sampling sampling, EventCheck check, ImageReader images) {
        this.events = events;
        this.sampling = sampling;
        this.check = check;
        this.images = images;
    }

    /**
     * Prepares a record for a device.
     *
     * @param facts told what the event says as soon as it is known, whatever comes of the event
     * @return null if sampling left it out
     * @throws RejectedRecordException if it can't be explained
     */
    @Nullable
    public Prepared prepare(InputRecord record, Explainer device, Consumer<EventFacts> facts)
            throws RejectedRecordException {
        PredictionEvent event = events.read(record);
        EventFacts known = EventFacts.of(event, ImageReader.sha256(event));
        facts.accept(known);
        if (!sampling.includes(event.getId())) {
            return null;
        }
        check.check(event);
        ExplainableModel model = model(event, device);
        facts.accept(known.withModel(model.sha256()));
        List<Prediction> logged = classes.of(event.getPredictions(), model);
        int[] asked = check.classes(event, logged, model);
        float ratio = check.ratio(event, model);
        long start = System.nanoTime();
        SourceImage image = images.read(event, model);
        Subject subject = new Subject(
                event.getId(),
                event.getTime(),
                event.getSource(),
                event.getAttributes(),
                logged,
                model,
                device.device(),
                ratio,
                known.imageSha256(),
                image.width(),
                image.height(),
                image.uri(),
                image.tensor().spec(),
                image.tensor().toImage(),
                image.tensor().turn(),
                System.nanoTime() - start);
        return new Prepared(subject, new AttributionRequest(image.tensor(), asked, ratio));
    }

    private static ExplainableModel model(PredictionEvent event, Explainer device) throws RejectedRecordException {
        try {
            return device.find(event.getModel().getName(), event.getModel().getVersion());
        } catch (UnknownModelException e) {
            throw new RejectedRecordException(Reason.UNKNOWN_MODEL, String.valueOf(e.getMessage()), e);
        }
    }
}
