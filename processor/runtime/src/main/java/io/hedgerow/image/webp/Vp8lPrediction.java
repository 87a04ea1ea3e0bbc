package io.hedgerow.image.webp;

/** Transform in which pixels are differences from what their neighbours let expect, in one of 14 ways for each tile. */
final class Vp8lPrediction implements Vp8lTransform {
    private static final int BLACK = 0xff000000;

    private final int columns;
    private final Vp8lTiles tiles;

    Vp8lPrediction(int columns, Vp8lTiles tiles) {
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
                int expected;
                if (y == 0) {
                    expected = x == 0 ? BLACK : argb[i - 1];
                } else if (x == 0) {
                    expected = argb[i - columns];
                } else {
                    int mode = tiles.at(x, y) >> 8 & 15;
                    expected = expected(mode, argb, i);
                }
                argb[i] = add(argb[i], expected);
            }
        }
        return argb;
    }

    private int expected(int mode, int[] argb, int i) {
        int left = argb[i - 1];
        int above = argb[i - columns];
        int right = argb[i - columns + 1];
        int corner = argb[i - columns - 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> right;
            case 4 -> corner;
            case 5 -> mean(mean(left, right), above);
            case 6 -> mean(left, corner);
            case 7 -> mean(left, above);
            case 8 -> mean(corner, above);
            case 9 -> mean(above, right);
            case 10 -> mean(mean(left, corner), mean(above, right));
            case 11 -> nearer(left, above, corner);
            case 12 -> gradient(left, above, corner);
            case 13 -> halfGradient(mean(left, above), corner);
            default -> BLACK;
        };
    }

    /** Channel by channel, without carry. */
    static int add(int a, int b) {
        int alphaAndGreen = (a & 0xff00ff00) + (b & 0xff00ff00);
        int redAndBlue = (a & 0xff00ff) + (b & 0xff00ff);
        return (alphaAndGreen & 0xff00ff00) | (redAndBlue & 0xff00ff);
    }

    private static int mean(int a, int b) {
        return (((a ^ b) & 0xfefefefe) >>> 1) + (a & b);
    }

    private static int nearer(int left, int above, int corner) {
        int sum = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int c = corner >> shift & 0xff;
            sum += Math.abs((left >> shift & 0xff) - c) - Math.abs((above >> shift & 0xff) - c);
        }
        return sum <= 0 ? above : left;
    }

    private static int gradient(int left, int above, int corner) {
        int argb = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int value = (left >> shift & 0xff) + (above >> shift & 0xff) - (corner >> shift & 0xff);
            argb |= Math.max(0, Math.min(255, value)) << shift;
        }
        return argb;
    }

    private static int halfGradient(int mean, int corner) {
        int argb = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int value = mean >> shift & 0xff;
            value += (value - (corner >> shift & 0xff)) / 2;
            argb |= Math.max(0, Math.min(255, value)) << shift;
        }
        return argb;
    }
}
