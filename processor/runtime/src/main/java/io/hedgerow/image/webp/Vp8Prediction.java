package io.hedgerow.image.webp;

/** Prediction of blocks from their neighbours above and to the left (RFC 6386, section 12). */
final class Vp8Prediction {
    /** Of the corner in what surrounds a 4 × 4 block: the left column upwards before it, the row above after it. */
    private static final int CORNER = 4;

    private final int[] around = new int[13];

    /**
     * A whole macroblock's luma or colour.
     *
     * @param size 16 or 8
     * @param left whether there is a macroblock to the left
     * @param above whether there is one above
     */
    void whole(Vp8Plane plane, int at, int size, int mode, boolean left, boolean above) {
        int mean = mode == Vp8Modes.DC ? mean(plane, at, size, left, above) : 0;
        int corner = plane.get(at - plane.stride - 1);
        for (int y = 0; y < size; y++) {
            int row = at + y * plane.stride;
            int side = plane.get(row - 1);
            for (int x = 0; x < size; x++) {
                int top = plane.get(at - plane.stride + x);
                plane.set(
                        row + x,
                        switch (mode) {
                            case Vp8Modes.DC -> mean;
                            case Vp8Modes.VERTICAL -> top;
                            case Vp8Modes.HORIZONTAL -> side;
                            default -> side + top - corner;
                        });
            }
        }
    }

    private static int mean(Vp8Plane plane, int at, int size, boolean left, boolean above) {
        int sum = 0;
        for (int i = 0; i < size; i++) {
            sum += left ? plane.get(at - 1 + i * plane.stride) : 0;
            sum += above ? plane.get(at - plane.stride + i) : 0;
        }
        int count = (left ? size : 0) + (above ? size : 0);
        return count == 0 ? 128 : (sum + count / 2) / count;
    }

    /**
     * A 4 × 4 block of luma.
     *
     * @param right index of the first of four samples above and to the right
     * @param rightStep 1, or 0 where the first stands for all four
     */
    void block(Vp8Plane plane, int at, int mode, int right, int rightStep) {
        for (int i = 0; i < 4; i++) {
            around[i] = plane.get(at - 1 + (3 - i) * plane.stride);
            around[CORNER + 1 + i] = plane.get(at - plane.stride + i);
            around[CORNER + 5 + i] = plane.get(right + i * rightStep);
        }
        around[CORNER] = plane.get(at - plane.stride - 1);
        int mean = mean(plane, at, 4, true, true);
        for (int y = 0; y < 4; y++) {
            for (int x = 0; x < 4; x++) {
                plane.set(
                        at + y * plane.stride + x,
                        switch (mode) {
                            case Vp8Modes.DC -> mean;
                            case Vp8Modes.TRUE_MOTION -> around[CORNER + 1 + x] + around[3 - y] - around[CORNER];
                            case Vp8Modes.VERTICAL -> three(CORNER + 1 + x);
                            case Vp8Modes.HORIZONTAL -> y == 3 ? three(around[1], around[0], around[0]) : three(3 - y);
                            case 4 -> downLeft(x + y);
                            case 5 -> three(CORNER - y + x);
                            case 6 -> steep(2 * x - y, 1);
                            case 7 -> verticalLeft(x, y);
                            case 8 -> steep(2 * y - x, -1);
                            default -> horizontalUp(x + 2 * y);
                        });
            }
        }
    }

    private int downLeft(int i) {
        int from = CORNER + 1 + i;
        return three(around[from], around[from + 1], around[Math.min(12, from + 2)]);
    }

    /**
     * Down and to the right, nearer to the vertical (direction 1) or the horizontal (direction -1).
     *
     * @param k twice the position along the edge, less the distance from it
     */
    private int steep(int k, int direction) {
        if (k >= 0 && k % 2 == 0) {
            int from = CORNER + direction * k / 2;
            return two(around[from], around[from + direction]);
        }
        return three(CORNER + direction * (k < 0 ? k + 1 : (k + 1) / 2));
    }

    private int verticalLeft(int x, int y) {
        if (x == 3 && y >= 2) {
            return three(CORNER + 4 + y);
        }
        int from = CORNER + 1 + x + y / 2;
        return y % 2 == 0 ? two(around[from], around[from + 1]) : three(from + 1);
    }

    private int horizontalUp(int k) {
        int first = side(k / 2);
        int second = side(k / 2 + 1);
        return k % 2 == 0 ? two(first, second) : three(first, second, side(k / 2 + 2));
    }

    private int side(int y) {
        return around[3 - Math.min(3, y)];
    }

    private int three(int centre) {
        return three(around[centre - 1], around[centre], around[centre + 1]);
    }

    private static int three(int a, int b, int c) {
        return (a + 2 * b + c + 2) >> 2;
    }

    private static int two(int a, int b) {
        return (a + b + 1) >> 1;
    }
}
