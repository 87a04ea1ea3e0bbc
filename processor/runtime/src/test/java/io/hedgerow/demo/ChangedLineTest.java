package io.hedgerow.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.hedgerow.Alert;
import io.hedgerow.EncodedImage;
import io.hedgerow.PredictionEvent;
import io.hedgerow.demo.surface.JpegCamera;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.RescaleOp;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of the demo's line that nobody has foreseen. {@code -Dhedgerow.demo.changes=all} tries all of them, not just two. */
class ChangedLineTest {
    private static final long SEED = 11;
    private static final int CHANGE = 400;
    private static final int EVENTS = 400;
    private static final int ROUNDS = 3;
    private static final int REFERENCE = 200;
    private static final int MARK = 18;
    private static final int MOVE = 24;

    @TempDir
    private static Path folder;

    private static MonitoredLine line;
    private static List<byte[]> before;

    enum Change {
        /** A blue square in the upper left corner of all parts. */
        OTHER_MARK,
        /** A sticker's yellow in the middle of all parts. */
        OTHER_PLACE,
        /** Stickers on dented parts too, and on no others. */
        ONE_CLASS,
        /** The blue square, on more and more parts. */
        GRADUAL_ONSET,
        /** Predictions that another model has logged. */
        SWAPPED_MODEL,
        /** Pictures of one of the cameras are a sixth as bright. */
        DARK_CAMERA,
        /** They are half as bright. */
        DIM_CAMERA,
        /** They are black. */
        BLACK_CAMERA,
        /** One of the cameras has been knocked: a fifth of its picture is beside the part. */
        MOVED_CAMERA,
        /** All pictures get darker, to a third as bright. */
        FADING_LIGHT,
        /** A yellow square in the lower right corner of parts decided as dents. */
        MARK_ON_ONE_CLASS
    }

    @BeforeAll
    static void explain() throws Exception {
        line = MonitoredLine.of(BundledModel.SURFACE_BIASED, folder);
        before = line.explain(line.model(), 0, CHANGE, index -> line.part(SEED, Long.MAX_VALUE, index));
    }

    @AfterAll
    static void close() {
        line.close();
    }

    static Stream<Change> changes() {
        String wanted = System.getProperty("hedgerow.demo.changes", "OTHER_MARK,DARK_CAMERA");
        return "all".equals(wanted)
                ? Arrays.stream(Change.values())
                : Arrays.stream(wanted.split(",", -1)).map(Change::valueOf);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void shouldBeFound(Change change) {
        List<byte[]> all = new ArrayList<>(before);
        all.addAll(MonitoredLine.later(before, CHANGE));
        List<byte[]> after =
                line.explain(line.model(), 0, EVENTS, index -> changed(change, part(change, index), index));
        for (int round = 0; round < ROUNDS; round++) {
            all.addAll(MonitoredLine.later(after, CHANGE + round * EVENTS));
        }

        List<Alert> found = MonitoredLine.monitor(all, REFERENCE).drift();

        System.out.println(change + ":");
        found.forEach(alert -> System.out.printf(
                "  %s %s %s after %d s: %s%n",
                alert.getKind(),
                alert.getLabel(),
                alert.getStatistic(),
                Duration.between(MonitoredLine.time(2 * CHANGE), alert.getOpenedAt())
                        .toSeconds(),
                alert.getMessage()));
        assertThat(found).as("of %s", change).isNotEmpty().allMatch(alert -> alert.getOpenedAt()
                .isAfter(MonitoredLine.time(2 * CHANGE)));
    }

    private static PredictionEvent part(Change change, long index) {
        PredictionEvent part = line.part(SEED, Long.MAX_VALUE, CHANGE + index);
        boolean dented = part.getAttributes().get(DemoStream.TRUTH).equals("dent");
        return change == Change.ONE_CLASS && dented ? line.part(SEED, 0, CHANGE + index) : part;
    }

    private static PredictionEvent changed(Change change, PredictionEvent part, long index) {
        EncodedImage encoded = (EncodedImage) part.getImage();
        byte[] file = new byte[encoded.getData().remaining()];
        encoded.getData().duplicate().get(file);
        Random random = new Random(index);
        byte[] now =
                switch (change) {
                    case OTHER_MARK -> marked(file, 4, 4, Color.BLUE);
                    case OTHER_PLACE -> marked(file, 55, 55, Color.YELLOW);
                    case ONE_CLASS, SWAPPED_MODEL -> file;
                    case GRADUAL_ONSET -> random.nextInt(EVENTS) < index ? marked(file, 4, 4, Color.BLUE) : file;
                    case DARK_CAMERA -> ofOneCamera(part) ? bright(file, 1 / 6f) : file;
                    case DIM_CAMERA -> ofOneCamera(part) ? bright(file, 0.5f) : file;
                    case BLACK_CAMERA -> ofOneCamera(part) ? bright(file, 0) : file;
                    case MOVED_CAMERA -> ofOneCamera(part) ? moved(file) : file;
                    case FADING_LIGHT -> bright(file, 1 - 2 / 3f * index / EVENTS);
                    case MARK_ON_ONE_CLASS -> isDecided(part, "dent") ? marked(file, 104, 104, Color.YELLOW) : file;
                };
        part.setImage(new EncodedImage(ByteBuffer.wrap(now), JpegCamera.MEDIA_TYPE));
        part.setPredictions(line.classify(now));
        if (change == Change.SWAPPED_MODEL && random.nextInt(5) == 0) {
            part.getPredictions()
                    .get(0)
                    .setClassIndex((part.getPredictions().get(0).getClassIndex() + 1) % 4);
            part.getPredictions().get(0).setLabel("");
        }
        return part;
    }

    private static byte[] marked(byte[] file, int x, int y, Color color) {
        BufferedImage picture = read(file);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(color);
        graphics.fillRect(x, y, MARK, MARK);
        graphics.dispose();
        return write(picture);
    }

    private static boolean ofOneCamera(PredictionEvent part) {
        return part.getSource().equals("line-1");
    }

    private static boolean isDecided(PredictionEvent part, String label) {
        return part.getPredictions().get(0).getLabel().equals(label);
    }

    private static byte[] bright(byte[] file, float factor) {
        return write(new RescaleOp(factor, 0, null).filter(read(file), null));
    }

    private static byte[] moved(byte[] file) {
        BufferedImage before = read(file);
        BufferedImage picture = new BufferedImage(before.getWidth(), before.getHeight(), before.getType());
        Graphics2D graphics = picture.createGraphics();
        graphics.drawImage(before, MOVE, MOVE, null);
        graphics.dispose();
        return write(picture);
    }

    private static BufferedImage read(byte[] file) {
        try {
            return ImageIO.read(new ByteArrayInputStream(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(BufferedImage picture) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "jpeg", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.toByteArray();
    }
}
