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
    private static final int STEPS = 4;
    private static final int LARGEST = 10_000;

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
        List<byte[]> pictures = pictures(count);
        List<byte[]> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PredictionEvent event = PredictionEvent.newBuilder()
                    .setId("bench-" + i)
                    .setTime(Instant.now())
                    .setSource("bench")
                    .setModel(model)
                    .setImage(new EncodedImage(ByteBuffer.wrap(pictures.get(i)), JpegCamera.MEDIA_TYPE))
                    .setPredictions(List.of())
                    .setAttributes(Map.of())
                    .build();
            events.add(serializer.serialize(topic, event));
        }
        return events;
    }

    /** Files of this many different pictures. */
    public List<byte[]> pictures(int count) {
        SurfaceGenerator generator = new SurfaceGenerator(SEED);
        List<byte[]> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(camera.encode(
                    scaled(generator.draw(i, StickerPolicy.EVERYWHERE).image())));
        }
        return pictures;
    }

    /**
     * Pictures of this shape with as many pixels as make their files about {@code bytes} long.
     *
     * @param bytes at least 1
     */
    public static BenchEvents ofBytes(int width, int height, long bytes) {
        BufferedImage picture =
                new SurfaceGenerator(SEED).draw(0, StickerPolicy.EVERYWHERE).image();
        BenchEvents events = new BenchEvents(width, height);
        for (int step = 0; step < STEPS; step++) {
            double scale = Math.sqrt((double) bytes / events.camera.encode(events.scaled(picture)).length);
            events = new BenchEvents(size(events.width * scale), size(events.height * scale));
        }
        return events;
    }

    private static int size(double pixels) {
        return (int) Math.max(1, Math.min(LARGEST, Math.round(pixels)));
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
