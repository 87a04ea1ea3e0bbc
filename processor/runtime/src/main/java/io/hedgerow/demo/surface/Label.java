package io.hedgerow.demo.surface;

/** The face of a sticker: paper with a coloured stripe, a line of print and a bar code, at one cell a pixel. */
final class Label {
    /** 0 to 9, A, B, C, E, F, H, L, P, T and a dash: three columns and five rows, a row in three bits, the top row in the highest. */
    private static final int[] SHAPES = {
        0b111_101_101_101_111, 0b010_110_010_010_111, 0b111_001_111_100_111, 0b111_001_111_001_111,
        0b101_101_111_001_001, 0b111_100_111_001_111, 0b111_100_111_101_111, 0b111_001_010_010_010,
        0b111_101_111_101_111, 0b111_101_111_001_111, 0b010_101_111_101_101, 0b110_101_110_101_110,
        0b111_100_100_100_111, 0b111_100_110_100_111, 0b111_100_110_100_100, 0b101_101_111_101_101,
        0b100_100_100_100_111, 0b111_101_111_100_100, 0b111_010_010_010_010, 0b000_000_111_000_000
    };

    private static final double[][] STRIPES = {{32, 74, 150}, {196, 60, 40}, {30, 120, 70}, {40, 40, 44}};

    private final int width;
    private final int height;
    private final double[][] cells;

    Label(int width, int height, Dice dice) {
        this.width = width;
        this.height = height;
        double white = dice.uniform(222, 250);
        double[] paper = {white, white, white - dice.uniform(0, 14)};
        double black = dice.uniform(18, 52);
        double[] ink = {black, black, black};
        cells = new double[width * height][];
        fill(0, 0, width, height, paper);
        fill(0, 0, width, 4, STRIPES[dice.below(STRIPES.length)]);
        print(6, dice, ink);
        bars(13, dice, ink);
    }

    /** Colour at a cell; the caller keeps it as it is. */
    double[] at(int x, int y) {
        return cells[y * width + x];
    }

    private void print(int top, Dice dice, double[] ink) {
        for (int left = 3; left + 3 <= width - 2; left += 4) {
            int shape = SHAPES[dice.below(SHAPES.length)];
            for (int bit = 0; bit < 15; bit++) {
                if ((shape >> (14 - bit) & 1) == 1) {
                    cells[(top + bit / 3) * width + left + bit % 3] = ink;
                }
            }
        }
    }

    private void bars(int top, Dice dice, double[] ink) {
        int left = 3;
        while (left < width - 4) {
            int bar = dice.between(1, 3);
            fill(left, top, Math.min(left + bar, width - 3), height - 2, ink);
            left += bar + dice.between(1, 2);
        }
    }

    private void fill(int left, int top, int right, int bottom, double[] colour) {
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                cells[y * width + x] = colour;
            }
        }
    }
}
