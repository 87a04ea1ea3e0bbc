package io.hedgerow.render;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;

/** The strip under a picture: two lines of text, and what the colours mean. */
final class CaptionStrip {
    static final Color BACKGROUND = new Color(0x14181c);
    static final Color TEXT = new Color(0xf2f4f5);
    static final Color QUIET = new Color(0x9aa5ad);
    private static final int NARROWEST_WITH_LEGEND = 420;

    private final int width;
    private final int textSize;
    private final DivergingPalette palette;

    /** @param width of the picture above, in pixels */
    CaptionStrip(int width, DivergingPalette palette) {
        this.width = width;
        this.textSize = textSize(width);
        this.palette = palette;
    }

    static int textSize(int width) {
        return Math.max(12, Math.min(18, width / 32));
    }

    int height() {
        return textSize * 3 + textSize / 2;
    }

    void paint(Graphics2D g, int top, String title, String detail) {
        g.setColor(BACKGROUND);
        g.fillRect(0, top, width, height());
        int margin = textSize * 3 / 4;
        int legend = width >= NARROWEST_WITH_LEGEND ? textSize * 9 : 0;
        int room = width - 2 * margin - (legend > 0 ? legend + margin : 0);
        line(g, Font.BOLD, textSize, TEXT, title, margin, top + textSize * 3 / 2, room);
        line(g, Font.PLAIN, textSize - 2, QUIET, detail, margin, top + textSize * 14 / 5, room);
        if (legend > 0) {
            legend(g, width - margin - legend, top, legend);
        }
    }

    private void legend(Graphics2D g, int left, int top, int length) {
        int barTop = top + textSize * 2 / 3;
        for (int x = 0; x < length; x++) {
            g.setColor(new Color(palette.argb(2.0 * x / (length - 1) - 1), true));
            g.fillRect(left + x, barTop, 1, textSize * 2 / 3);
        }
        int base = top + textSize * 14 / 5;
        line(g, Font.PLAIN, textSize - 3, QUIET, "against", left, base, length);
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, textSize - 3);
        String evidence = "for the class";
        line(
                g,
                Font.PLAIN,
                textSize - 3,
                QUIET,
                evidence,
                left + length - g.getFontMetrics(font).stringWidth(evidence),
                base,
                length);
    }

    private static void line(Graphics2D g, int style, int size, Color colour, String text, int x, int base, int room) {
        g.setFont(new Font(Font.SANS_SERIF, style, size));
        g.setColor(colour);
        g.drawString(fitted(text, g.getFontMetrics(), room), x, base);
    }

    private static String fitted(String text, FontMetrics metrics, int room) {
        if (metrics.stringWidth(text) <= room) {
            return text;
        }
        int length = text.length();
        while (length > 0 && metrics.stringWidth(text.substring(0, length) + "…") > room) {
            length--;
        }
        return text.substring(0, length).strip() + "…";
    }
}
