package io.hedgerow.bench;

import io.hedgerow.EncodedImage;
import io.hedgerow.ModelRef;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.surface.JpegCamera;
import io.hedgerow.demo.surface.StickerPolicy;
import io.hedgerow.demo.surface.SurfaceGenerator;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serializer;

/** Events to measure with: the inspection line's parts as JPEG files of any size. */
public final class MadeUpEvents {
    private static final long SEED = 11;
    private static final int STEPS = 8;
    private static final int LARGEST = 10_000;

    /** As cameras' files have them; a smooth picture of as many bytes would have ten times as many. */
    private static final double PIXELS_PER_BYTE = 2;

    private static final double MOST_GRAIN = 64;

    private final int width;
    private final int height;

    /** Standard deviation of the noise in each pixel, in levels. */
    private final double grain;

    private final JpegCamera camera = new JpegCamera();

    /** Pictures of this many pixels. */
    public MadeUpEvents(int width, int height) {
        this(width, height, 0);
    }

    private MadeUpEvents(int width, int height, double grain) {
        this.width = width;
        this.height = height;
        this.grain = grain;
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
     * Pictures of this shape whose files are about {@code bytes} long, with two pixels a byte and as much noise as that
     * takes.
     *
     * @param bytes at least 1
     */
    public static MadeUpEvents ofBytes(int width, int height, long bytes) {
        double scale = Math.sqrt(bytes * PIXELS_PER_BYTE / ((double) width * height));
        BufferedImage picture =
                new SurfaceGenerator(SEED).draw(0, StickerPolicy.EVERYWHERE).image();
        double least = 0;
        double most = MOST_GRAIN;
        for (int step = 0; step < STEPS; step++) {
            double middle = (least + most) / 2;
            MadeUpEvents events = new MadeUpEvents(size(width * scale), size(height * scale), middle);
            if (events.camera.encode(events.scaled(picture)).length < bytes) {
                least = middle;
            } else {
                most = middle;
            }
        }
        return new MadeUpEvents(size(width * scale), size(height * scale), least);
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
        if (grain > 0) {
            addGrain(scaled);
        }
        return scaled;
    }

    private void addGrain(BufferedImage image) {
        Random random = new Random(SEED);
        int[] row = new int[image.getWidth() * 3];
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getPixels(0, y, image.getWidth(), 1, row);
            for (int i = 0; i < row.length; i += 3) {
                int noise = (int) Math.round(grain * random.nextGaussian());
                for (int c = 0; c < 3; c++) {
                    row[i + c] = Math.max(0, Math.min(255, row[i + c] + noise));
                }
            }
            image.getRaster().setPixels(0, y, image.getWidth(), 1, row);
        }
    }
}
