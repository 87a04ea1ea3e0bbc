package io.hedgerow.evaluate.data;

import java.util.BitSet;

/** Some of a picture's pixels. Not thread-safe while it is painted on. */
public final class Mask {
    private final int width;
    private final int height;
    private final BitSet pixels;

    /** An empty one. */
    public Mask(int width, int height) {
        this(width, height, new BitSet(Math.multiplyExact(width, height)));
    }

    /**
     * Takes the bits, without a copy.
     *
     * @param pixels at y × width + x
     */
    public Mask(int width, int height, BitSet pixels) {
        if (width < 1 || height < 1 || pixels.length() > Math.multiplyFull(width, height)) {
            throw new IllegalArgumentException("%d bits for %d x %d pixels".formatted(pixels.length(), width, height));
        }
        this.width = width;
        this.height = height;
        this.pixels = pixels;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    public boolean get(int x, int y) {
        return pixels.get(y * width + x);
    }

    /** Whether a pixel, at y × width + x, belongs to it. */
    public boolean get(int pixel) {
        return pixels.get(pixel);
    }

    public void set(int x, int y) {
        pixels.set(y * width + x);
    }

    /** Adds pixels of a row, from one inclusive to another exclusive; what lies outside is cut off. */
    public void setRow(int y, int from, int to) {
        int left = Math.max(0, from);
        int right = Math.min(width, to);
        if (y >= 0 && y < height && left < right) {
            pixels.set(y * width + left, y * width + right);
        }
    }

    /** How many pixels of a row are in it, from one inclusive to another exclusive. */
    public int countOfRow(int y, int from, int to) {
        int end = y * width + to;
        int count = 0;
        int first = pixels.nextSetBit(y * width + from);
        while (first >= 0 && first < end) {
            int last = Math.min(end, pixels.nextClearBit(first));
            count += last - first;
            first = pixels.nextSetBit(last);
        }
        return count;
    }

    /** Adds what another of the same size has. */
    public void add(Mask other) {
        pixels.or(other.pixels);
    }

    /** Number of pixels in it. */
    public int area() {
        return pixels.cardinality();
    }

    /** The share of the picture in it, 0 to 1. */
    public double share() {
        return area() / (double) (width * height);
    }

    /**
     * Whether one of its pixels lies closer to a pixel than so many; 0.5 asks for that pixel alone.
     *
     * @param distance between centres of pixels, above 0
     */
    public boolean isNear(int x, int y, double distance) {
        int reach = (int) Math.ceil(distance);
        double square = distance * distance;
        for (int row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
            int last = Math.min(width - 1, x + reach);
            int column = pixels.nextSetBit(row * width + Math.max(0, Math.min(width, x - reach))) - row * width;
            while (column >= 0 && column <= last) {
                double dx = column - x;
                double dy = row - y;
                if (dx * dx + dy * dy < square) {
                    return true;
                }
                column = pixels.nextSetBit(row * width + column + 1) - row * width;
            }
        }
        return false;
    }

    /** All pixels for which {@link #isNear} holds, as a mask of the same size. */
    public Mask widened(double distance) {
        Mask wide = new Mask(width, height);
        int reach = (int) Math.ceil(distance);
        for (int y = 0; y < height; y++) {
            int from = pixels.nextSetBit(y * width);
            while (from >= 0 && from < (y + 1) * width) {
                int to = Math.min((y + 1) * width, pixels.nextClearBit(from));
                for (int dy = -reach; dy <= reach; dy++) {
                    double room = distance * distance - dy * dy;
                    if (room > 0) {
                        // the largest whole number whose square is below
                        int dx = (int) Math.ceil(Math.sqrt(room)) - 1;
                        wide.setRow(y + dy, from - y * width - dx, to - y * width + dx);
                    }
                }
                from = pixels.nextSetBit(to);
            }
        }
        return wide;
    }
}
