package io.hedgerow.demo;

import io.hedgerow.ClassExplanation;
import io.hedgerow.Explanation;
import io.hedgerow.demo.surface.SurfaceClass;
import io.hedgerow.demo.surface.SurfaceSample;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.render.ContactSheet;
import io.hedgerow.render.ExplanationOverlay;
import io.hedgerow.render.HeatMapRenderer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import javax.imageio.ImageIO;

/**
 * Pictures of what the demo explained: of each kind of part the first two without a sticker and the first two with one, in the
 * order of the line, so that the same seed gives the same sheet. Belongs to one thread.
 */
public final class DemoGallery {
    private static final int EACH = 2;
    private static final int COLUMNS = 2 * EACH;
    private static final int PICTURE_SIZE = 256;
    private static final int MARKS = 2;

    private final Path folder;
    private final HeatMapRenderer renderer = new HeatMapRenderer(PICTURE_SIZE);
    private final Map<SurfaceClass, NavigableMap<Long, BufferedImage>> plain = new EnumMap<>(SurfaceClass.class);
    private final Map<SurfaceClass, NavigableMap<Long, BufferedImage>> stickered = new EnumMap<>(SurfaceClass.class);

    /** Writes into a folder that exists. */
    public DemoGallery(Path folder) {
        this.folder = folder;
    }

    /** Draws a part if fewer than two of its kind came before it on the line. */
    public void add(Explanation explanation, SurfaceSample part) {
        NavigableMap<Long, BufferedImage> kind =
                (part.stickered() ? stickered : plain).computeIfAbsent(part.label(), k -> new TreeMap<>());
        long index = DemoStream.index(explanation.getEventId());
        if (kind.size() < EACH || index < kind.lastKey()) {
            kind.put(index, draw(explanation, part));
            if (kind.size() > EACH) {
                kind.pollLastEntry();
            }
        }
    }

    /**
     * Writes each picture, and all on one sheet: a row for each kind of part, without a sticker at the left, with one at the
     * right.
     *
     * @return the sheet's file
     * @throws IOException if one can't be written
     */
    public Path writeSheet() throws IOException {
        List<BufferedImage> pictures = new ArrayList<>();
        for (SurfaceClass kind : SurfaceClass.values()) {
            pictures.addAll(row(plain, kind, ""));
            pictures.addAll(row(stickered, kind, "-sticker"));
        }
        return write(
                new ContactSheet(COLUMNS)
                        .render("What the classifier looks at: parts without a sticker, and with one", pictures),
                "contact-sheet.png");
    }

    /** A short demo may not have seen every kind. */
    private List<BufferedImage> row(
            Map<SurfaceClass, NavigableMap<Long, BufferedImage>> pictures, SurfaceClass kind, String suffix)
            throws IOException {
        List<BufferedImage> row = new ArrayList<>();
        for (BufferedImage picture :
                pictures.getOrDefault(kind, Collections.emptyNavigableMap()).values()) {
            row.add(picture);
            write(picture, "%s%s-%d.png".formatted(kind.label(), suffix, row.size()));
        }
        while (row.size() < EACH) {
            row.add(new BufferedImage(PICTURE_SIZE, PICTURE_SIZE, BufferedImage.TYPE_INT_RGB));
        }
        return row;
    }

    private BufferedImage draw(Explanation explanation, SurfaceSample part) {
        ClassExplanation called = explanation.getClasses().get(0);
        String title = "called %s, %.0f %%".formatted(called.getLabel(), called.getPrediction() * 100);
        String detail = "shows %s%s".formatted(part.label().label(), part.stickered() ? ", sticker" : "");
        return renderer.render(ExplanationOverlay.of(called, DecodedImage.of(part.image()), MARKS, title, detail));
    }

    private Path write(BufferedImage picture, String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(folder);
        ImageIO.write(picture, "png", file.toFile());
        return file;
    }
}
