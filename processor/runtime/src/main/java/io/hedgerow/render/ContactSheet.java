package io.hedgerow.render;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Many pictures on one sheet, in rows under a title. Safe for use by several threads; needs no display. */
public final class ContactSheet {
    private static final Color BACKGROUND = new Color(0x0b0d0f);
    private static final int GAP = 12;
    private static final int TITLE_SIZE = 20;

    private final int columns;

    /** @param columns pictures side by side, at least 1 */
    public ContactSheet(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("a sheet of %d columns; they begin at 1".formatted(columns));
        }
        this.columns = columns;
    }

    /**
     * Lays out the pictures row by row, each in the middle of a cell as large as the largest one.
     *
     * @param title above them; left out if empty
     * @param pictures at least one, each with its own caption
     */
    public BufferedImage render(String title, List<BufferedImage> pictures) {
        int cellWidth =
                pictures.stream().mapToInt(BufferedImage::getWidth).max().orElseThrow();
        int cellHeight =
                pictures.stream().mapToInt(BufferedImage::getHeight).max().orElseThrow();
        int across = Math.min(columns, pictures.size());
        int down = (pictures.size() + across - 1) / across;
        int header = title.isEmpty() ? 0 : TITLE_SIZE + GAP;
        BufferedImage sheet = new BufferedImage(
                GAP + across * (cellWidth + GAP), GAP + header + down * (cellHeight + GAP), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = sheet.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setColor(BACKGROUND);
        g.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
        if (header > 0) {
            g.setColor(CaptionStrip.TEXT);
            g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, TITLE_SIZE));
            g.drawString(title, GAP, GAP + TITLE_SIZE * 4 / 5);
        }
        for (int i = 0; i < pictures.size(); i++) {
            BufferedImage picture = pictures.get(i);
            int x = GAP + i % across * (cellWidth + GAP) + (cellWidth - picture.getWidth()) / 2;
            int y = GAP + header + i / across * (cellHeight + GAP) + (cellHeight - picture.getHeight()) / 2;
            g.drawImage(picture, x, y, null);
        }
        g.dispose();
        return sheet;
    }
}
