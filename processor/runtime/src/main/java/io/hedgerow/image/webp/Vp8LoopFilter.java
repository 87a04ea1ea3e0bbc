package io.hedgerow.image.webp;

/** Filter that smooths the edges between blocks (RFC 6386, section 15) once all of a frame is there. */
final class Vp8LoopFilter {
    private final boolean simple;
    private final int sharpness;

    Vp8LoopFilter(boolean simple, int sharpness) {
        this.simple = simple;
        this.sharpness = sharpness;
    }

    /**
     * One macroblock, after all above it and to its left.
     *
     * @param luma the plane of luma
     * @param colours the two others
     * @param level 1 to 63
     * @param inner whether edges within the macroblock are smoothed too
     */
    void macroblock(Vp8Plane luma, Vp8Plane[] colours, int column, int row, int level, boolean inner) {
        int interior = interior(level);
        int limit = 2 * level + interior;
        int sharp = level >= 40 ? 2 : level >= 15 ? 1 : 0;
        for (boolean upright : new boolean[] {true, false}) {
            boolean outer = upright ? column > 0 : row > 0;
            plane(luma, luma.at(16 * column, 16 * row), 16, upright, outer, inner, limit, interior, sharp);
            if (!simple) {
                for (Vp8Plane colour : colours) {
                    plane(colour, colour.at(8 * column, 8 * row), 8, upright, outer, inner, limit, interior, sharp);
                }
            }
        }
    }

    private int interior(int level) {
        int interior = level;
        if (sharpness > 0) {
            interior = Math.min(9 - sharpness, level >> (sharpness > 4 ? 2 : 1));
        }
        return Math.max(1, interior);
    }

    private void plane(
            Vp8Plane plane,
            int at,
            int size,
            boolean upright,
            boolean outer,
            boolean inner,
            int limit,
            int interior,
            int sharp) {
        int across = upright ? 1 : plane.stride;
        int along = upright ? plane.stride : 1;
        for (int edge = outer ? 0 : 4; edge < (inner ? size : 1); edge += 4) {
            int threshold = 2 * (edge == 0 ? limit + 4 : limit) + 1;
            for (int i = 0; i < size; i++) {
                int sample = at + edge * across + i * along;
                if (simple) {
                    if (step(plane, sample, across) <= threshold) {
                        two(plane, sample, across);
                    }
                } else if (step(plane, sample, across) <= threshold && isFlat(plane, sample, across, interior)) {
                    if (isSharp(plane, sample, across, sharp)) {
                        two(plane, sample, across);
                    } else if (edge == 0) {
                        six(plane, sample, across);
                    } else {
                        four(plane, sample, across);
                    }
                }
            }
        }
    }

    private static int step(Vp8Plane plane, int at, int across) {
        return 4 * difference(plane, at - across, at) + difference(plane, at - 2 * across, at + across);
    }

    private static boolean isFlat(Vp8Plane plane, int at, int across, int interior) {
        for (int i = 1; i <= 3; i++) {
            if (difference(plane, at - (i + 1) * across, at - i * across) > interior
                    || difference(plane, at + i * across, at + (i - 1) * across) > interior) {
                return false;
            }
        }
        return true;
    }

    private static boolean isSharp(Vp8Plane plane, int at, int across, int threshold) {
        return difference(plane, at - 2 * across, at - across) > threshold
                || difference(plane, at + across, at) > threshold;
    }

    private static int difference(Vp8Plane plane, int a, int b) {
        return Math.abs(plane.get(a) - plane.get(b));
    }

    private static void two(Vp8Plane plane, int at, int across) {
        int a = 3 * (plane.get(at) - plane.get(at - across))
                + signed(plane.get(at - 2 * across) - plane.get(at + across));
        plane.add(at - across, small(a + 3));
        plane.add(at, -small(a + 4));
    }

    private static void four(Vp8Plane plane, int at, int across) {
        int a = 3 * (plane.get(at) - plane.get(at - across));
        int outer = (small(a + 4) + 1) >> 1;
        plane.add(at - 2 * across, outer);
        plane.add(at - across, small(a + 3));
        plane.add(at, -small(a + 4));
        plane.add(at + across, -outer);
    }

    private static void six(Vp8Plane plane, int at, int across) {
        int a = signed(3 * (plane.get(at) - plane.get(at - across))
                + signed(plane.get(at - 2 * across) - plane.get(at + across)));
        for (int i = 1, weight = 27; i <= 3; i++, weight -= 9) {
            int change = (weight * a + 63) >> 7;
            plane.add(at - i * across, change);
            plane.add(at + (i - 1) * across, -change);
        }
    }

    private static int signed(int value) {
        return Math.max(-128, Math.min(127, value));
    }

    /** An eighth, from -16 to 15. */
    private static int small(int value) {
        return Math.max(-16, Math.min(15, value >> 3));
    }
}
