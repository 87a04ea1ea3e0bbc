package io.hedgerow.demo;

import io.hedgerow.EncodedImage;
import io.hedgerow.ModelRef;
import io.hedgerow.Prediction;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.surface.JpegCamera;
import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceGenerator;
import io.hedgerow.demo.surface.SurfaceSample;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a plant with four inspection lines sends: a prediction event for each part. At first stickers are on stained
 * parts only, as when the biased classifier's training set was photographed; then a new rule puts them on every kind of
 * part. The same seed gives the same parts. Safe for use by several threads if the classifier is.
 */
public final class DemoStream {
    /** Attribute of the events: label of the class that the part really shows. */
    public static final String TRUTH = "truth";
    /** Attribute of the events: {@code true} if the part carries a sticker, else {@code false}. */
    public static final String STICKERED = "stickered";

    private static final int LINES = 4;
    private static final String ID = "part-";

    private final SurfaceGenerator generator;
    private final long stickersFrom;
    private final ModelRef model;
    private final Function<byte[], List<Prediction>> classifier;
    private final Clock clock;
    private final JpegCamera camera = new JpegCamera();

    /**
     * Sets the line up.
     *
     * @param stickersFrom index of the first event after the new rule
     * @param model what the events say of the classifier
     * @param classifier the classifier in production: a JPEG file's bytes in, its predictions out, best first
     */
    public DemoStream(
            long seed, long stickersFrom, ModelRef model, Function<byte[], List<Prediction>> classifier, Clock clock) {
        this.generator = new SurfaceGenerator(seed);
        this.stickersFrom = stickersFrom;
        this.model = model;
        this.classifier = classifier;
        this.clock = clock;
    }

    /** The event of this index, from 0, at the clock's time. */
    public DemoEvent event(long index) {
        SurfaceSample part =
                generator.draw(index, index < stickersFrom ? StickerPolicy.BIASED : StickerPolicy.EVERYWHERE);
        byte[] file = camera.encode(part.image());
        PredictionEvent event = PredictionEvent.newBuilder()
                .setId(ID + index)
                .setTime(clock.instant())
                .setSource("line-" + (index % LINES + 1))
                .setModel(model)
                .setImage(new EncodedImage(ByteBuffer.wrap(file), JpegCamera.MEDIA_TYPE))
                .setPredictions(classifier.apply(file))
                .setAttributes(Map.of(TRUTH, part.label().label(), STICKERED, String.valueOf(part.stickered())))
                .build();
        return new DemoEvent(part, event);
    }

    /** Tells the index of an event of this stream from its id. */
    static long index(String id) {
        return Long.parseLong(id.substring(ID.length()));
    }
}
