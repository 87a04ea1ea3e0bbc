package io.hedgerow.demo;

import io.hedgerow.EncodedImage;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serializer;

/** Events to measure with: the inspection line's parts as JPEG files of any size. */
public final class BenchEvents {
    private static final long SEED = 11;

    private final int width;
    private final int height;
    private final JpegCamera camera = new JpegCamera();

    /** Pictures of this many pixels. */
    public BenchEvents(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * Makes events as they lie in a topic.
     *
     * @param count how many different ones
     */
    public List<byte[]> encoded(int count, ModelRef model, String topic, Serializer<PredictionEvent> serializer) {
        SurfaceGenerator generator = new SurfaceGenerator(SEED);
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] file = camera.encode(
                    scaled(generator.draw(i, StickerPolicy.EVERYWHERE).image()));
            PredictionEvent event = PredictionEvent.newBuilder()
                    .setId("bench-" + i)
                    .setTime(Instant.now())
                    .setSource("bench")
                    .setModel(model)
                    .setImage(new EncodedImage(ByteBuffer.wrap(file), JpegCamera.MEDIA_TYPE))
                    .setPredictions(List.of())
                    .setAttributes(Map.of())
                    .build();
            events.add(serializer.serialize(topic, event));
        }
        return events;
    }

    private BufferedImage scaled(BufferedImage image) {
        BufferedImage scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, width, height, null);
        graphics.dispose();
        return scaled;
    }
}
