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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Pictures of what the demo explained: of each kind of part two as they came before stickers were put on every kind, and
 * two with a sticker. Belongs to one thread.
 */
public final class DemoGallery {
    private static final int EACH = 2;
    private static final int COLUMNS = 2 * EACH;
    private static final int PICTURE_SIZE = 256;
    private static final int MARKS = 2;

    private final Path folder;
    private final HeatMapRenderer renderer = new HeatMapRenderer(PICTURE_SIZE);
    private final Map<SurfaceClass, List<BufferedImage>> plain = new EnumMap<>(SurfaceClass.class);
    private final Map<SurfaceClass, List<BufferedImage>> stickered = new EnumMap<>(SurfaceClass.class);

    /** Writes into a folder that exists. */
    public DemoGallery(Path folder) {
        this.folder = folder;
    }

    /**
     * Draws a part if there are not enough of its kind yet.
     *
     * @throws IOException if the picture can't be written
     */
    public void add(Explanation explanation, SurfaceSample part) throws IOException {
        List<BufferedImage> kind =
                (part.stickered() ? stickered : plain).computeIfAbsent(part.label(), k -> new ArrayList<>());
        if (kind.size() < EACH) {
            BufferedImage picture = draw(explanation, part);
            kind.add(picture);
            String name =
                    "%s%s-%d.png".formatted(part.label().label(), part.stickered() ? "-sticker" : "", kind.size());
            write(picture, name);
        }
    }

    /**
     * Writes all pictures on one sheet: a row for each kind of part, without a sticker at the left, with one at the right.
     *
     * @return the sheet's file
     * @throws IOException if it can't be written
     */
    public Path writeSheet() throws IOException {
        List<BufferedImage> pictures = new ArrayList<>();
        for (SurfaceClass kind : SurfaceClass.values()) {
            pictures.addAll(row(plain, kind));
            pictures.addAll(row(stickered, kind));
        }
        return write(
                new ContactSheet(COLUMNS)
                        .render("What the classifier looks at: parts without a sticker, and with one", pictures),
                "contact-sheet.png");
    }

    /** A short demo may not have seen every kind. */
    private List<BufferedImage> row(Map<SurfaceClass, List<BufferedImage>> pictures, SurfaceClass kind) {
        List<BufferedImage> row = new ArrayList<>(pictures.getOrDefault(kind, List.of()));
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
