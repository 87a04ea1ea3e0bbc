package io.hedgerow.image.webp;

/** Transform in which a part of green was taken off red, and parts of both off blue: in 32nds, for each tile. */
final class Vp8lColours implements Vp8lTransform {
    private final int columns;
    private final Vp8lTiles tiles;

    Vp8lColours(int columns, Vp8lTiles tiles) {
        this.columns = columns;
        this.tiles = tiles;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int[] invert(int[] argb, int rows) {
        for (int y = 0, i = 0; y < rows; y++) {
            for (int x = 0; x < columns; x++, i++) {
                int parts = tiles.at(x, y);
                int green = argb[i] >> 8;
                int red = (argb[i] >> 16) + part(parts, green);
                int blue = argb[i] + part(parts >> 8, green) + part(parts >> 16, red);
                argb[i] = (argb[i] & 0xff00ff00) | (red & 0xff) << 16 | (blue & 0xff);
            }
        }
        return argb;
    }

    /** Both are signed bytes. */
    private static int part(int part, int colour) {
        return ((byte) part * (byte) colour) >> 5;
    }
}
