package io.hedgerow.image.webp;

/** Colours lately seen in a lossless WebP, by their hash (RFC 9649, section 3.6.3). */
final class Vp8lCache {
    private static final int FACTOR = 0x1e35a7bd;

    private final int[] colours;
    private final int shift;

    /** @param bits of the hash; 0 for no cache */
    Vp8lCache(int bits) {
        colours = new int[bits == 0 ? 0 : 1 << bits];
        shift = Integer.SIZE - bits;
    }

    int size() {
        return colours.length;
    }

    int get(int index) {
        return colours[index];
    }

    void put(int argb) {
        if (colours.length > 0) {
            colours[(argb * FACTOR) >>> shift] = argb;
        }
    }
}
