package io.hedgerow.render;

import io.hedgerow.attribution.Box;
import io.hedgerow.attribution.MapTransform;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.Pixels;
import io.hedgerow.image.resampling.PilBilinear;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/**
 * Renderer of where a classifier looks: the picture, muted, under the map's colours (evidence warm, suppression cool, nothing
 * near zero), boxes around regions and a caption. What the model did not see is darkened. Safe for use by several
 * threads; needs no display.
 */
public final class HeatMapRenderer {
    private final int longerSide;
    private final DivergingPalette palette = new DivergingPalette();

    /** Pictures of 640 pixels along their longer side. */
    public HeatMapRenderer() {
        this(640);
    }

    /** @param longerSide width or height of the pictures, whichever is larger, without the caption; at least 32 */
    public HeatMapRenderer(int longerSide) {
        if (longerSide < 32) {
            throw new IllegalArgumentException("pictures of %d pixels; they begin at 32".formatted(longerSide));
        }
        this.longerSide = longerSide;
    }

    /** Draws one overlay. */
    public BufferedImage render(Overlay overlay) {
        DecodedImage image = overlay.image();
        double zoom = (double) longerSide / Math.max(image.width(), image.height());
        int width = (int) Math.max(1, Math.round(image.width() * zoom));
        int height = (int) Math.max(1, Math.round(image.height() * zoom));
        MapTransform toView = MapTransform.stretch(image.width(), image.height(), width, height);
        BufferedImage heat = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        new HeatLayer(overlay.map(), palette).paint(heat, toView);

        boolean captioned = !(overlay.title().isEmpty() && overlay.detail().isEmpty());
        CaptionStrip strip = new CaptionStrip(width, palette);
        BufferedImage picture =
                new BufferedImage(width, height + (captioned ? strip.height() : 0), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.drawImage(muted(image, width, height), 0, 0, null);
        g.drawImage(heat, 0, 0, null);
        for (Overlay.Mark mark : overlay.marks()) {
            mark(g, mark, toView.project(mark.box(), width, height), CaptionStrip.textSize(width));
        }
        if (captioned) {
            strip.paint(g, height, overlay.title(), overlay.detail());
        }
        g.dispose();
        return picture;
    }

    /** The picture without most of its colour, so that the map's stand out. */
    private static BufferedImage muted(DecodedImage image, int width, int height) {
        BufferedImage muted = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Pixels pixels = new Pixels(image.pixels(), image.width(), 3, new Box(0, 0, image.width(), image.height()));
        int[] row = new int[width];
        new PilBilinear().resize(pixels, width, height, (y, samples) -> {
            for (int x = 0; x < width; x++) {
                float red = samples[3 * x];
                float green = samples[3 * x + 1];
                float blue = samples[3 * x + 2];
                float grey = 0.299f * red + 0.587f * green + 0.114f * blue;
                row[x] = muted(red, grey) << 16 | muted(green, grey) << 8 | muted(blue, grey);
            }
            muted.setRGB(0, y, width, 1, row, 0, width);
        });
        return muted;
    }

    private static int muted(float channel, float grey) {
        return (int) (12 + 0.85f * (0.25f * channel + 0.75f * grey));
    }

    private static void mark(Graphics2D g, Overlay.Mark mark, Box box, int textSize) {
        float thickness = textSize / 8f;
        g.setColor(new Color(0, 0, 0, 150));
        g.setStroke(new BasicStroke(thickness + 2));
        g.drawRect(box.x(), box.y(), box.width() - 1, box.height() - 1);
        g.setColor(mark.evidence() ? Color.WHITE : new Color(0xbfe9ff));
        g.setStroke(
                mark.evidence()
                        ? new BasicStroke(thickness)
                        : new BasicStroke(
                                thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {6, 4}, 0));
        g.drawRect(box.x(), box.y(), box.width() - 1, box.height() - 1);
        if (mark.label().isEmpty()) {
            return;
        }
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, textSize * 4 / 5));
        FontMetrics metrics = g.getFontMetrics();
        int labelWidth = metrics.stringWidth(mark.label()) + textSize / 2;
        int labelHeight = metrics.getAscent() + textSize / 5;
        int top = box.y() >= labelHeight ? box.y() - labelHeight : box.y();
        g.setColor(new Color(0x14, 0x18, 0x1c, 190));
        g.fillRect(box.x(), top, labelWidth, labelHeight);
        g.setColor(CaptionStrip.TEXT);
        g.drawString(mark.label(), box.x() + textSize / 4, top + metrics.getAscent() - 1);
    }
}
