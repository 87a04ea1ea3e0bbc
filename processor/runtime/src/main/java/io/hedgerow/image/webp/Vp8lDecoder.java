package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A lossless WebP (RFC 9649). A pixel takes up to 8 bytes while it is decoded, and then 4 beside its 3 of RGB. */
final class Vp8lDecoder {
    static final int HEADER = 5;

    private static final int MAX_CACHE_BITS = 11;

    /** What distances up to 120 stand for: rows up, times 16, and 8 less columns to the left. */
    private static final byte[] NEAR = HexFormat.of()
            .parseHex("1807171928062729161a262a38053739151b363a252b48044749141c353b464a242c58454b343c03"
                    + "5759131d565a232d444c555b333d68026769121e666a222e545c434d656b323e78017779535d111f"
                    + "646c424e767a212f757b313f636d525e00747c414f1020626e30737d515f40727e616f50717f6070");

    private final Vp8lBits bits;
    private final int width;
    private final int height;

    /**
     * @param from first byte after the header
     * @param to after the last byte
     */
    Vp8lDecoder(byte[] bytes, int from, int to, int width, int height) {
        bits = new Vp8lBits(bytes, from, to);
        this.width = width;
        this.height = height;
    }

    byte[] toRgb() throws BadImageException {
        Deque<Vp8lTransform> transforms = new ArrayDeque<>();
        int columns = width;
        for (int seen = 0; bits.flag(); ) {
            int kind = bits.read(2);
            if ((seen >> kind & 1) == 1) {
                throw new BadImageException("the WebP is damaged: it transforms its colours twice alike");
            }
            seen |= 1 << kind;
            Vp8lTransform transform = transform(kind, columns);
            columns = transform.columns();
            transforms.push(transform);
        }
        int[] pixels = image(columns, height, true);
        for (Vp8lTransform transform : transforms) {
            pixels = transform.invert(pixels, height);
        }
        byte[] rgb = new byte[width * height * 3];
        for (int i = 0, to = 0; i < pixels.length; i++) {
            rgb[to++] = (byte) (pixels[i] >> 16);
            rgb[to++] = (byte) (pixels[i] >> 8);
            rgb[to++] = (byte) pixels[i];
        }
        return rgb;
    }

    private Vp8lTransform transform(int kind, int columns) throws BadImageException {
        return switch (kind) {
            case 0, 1 -> {
                Vp8lTiles tiles = tiles(columns, height);
                yield kind == 0 ? new Vp8lPrediction(columns, tiles) : new Vp8lColours(columns, tiles);
            }
            case 2 -> new Vp8lGreen(columns);
            default -> {
                int size = 1 + bits.read(8);
                yield new Vp8lPalette(columns, image(size, 1, false));
            }
        };
    }

    private Vp8lTiles tiles(int columns, int rows) throws BadImageException {
        int side = 2 + bits.read(3);
        return new Vp8lTiles(side, columns, image(Vp8lTiles.count(columns, side), Vp8lTiles.count(rows, side), false));
    }

    private int[] image(int columns, int rows, boolean outermost) throws BadImageException {
        int cacheBits = bits.flag() ? bits.read(4) : 0;
        if (cacheBits > MAX_CACHE_BITS) {
            throw new BadImageException("the WebP is damaged: its cache of colours has 2^%d".formatted(cacheBits));
        }
        Vp8lCache cache = new Vp8lCache(cacheBits);
        Vp8lTiles groups = outermost && bits.flag() ? tiles(columns, rows) : null;
        Vp8lCodes[] codes = codes(groups == null ? null : groups.values(), cache);
        int[] pixels = new int[Math.multiplyExact(columns, rows)];
        Vp8lCodes current = codes[0];
        for (int i = 0; i < pixels.length; ) {
            if (groups != null) {
                current = codes[groups.at(i % columns, i / columns)];
            }
            int symbol = current.green().read(bits);
            if (symbol < Vp8lCodes.LITERALS) {
                int red = current.red().read(bits);
                int blue = current.blue().read(bits);
                pixels[i] = current.alpha().read(bits) << 24 | red << 16 | symbol << 8 | blue;
                cache.put(pixels[i++]);
            } else if (symbol < Vp8lCodes.LITERALS + Vp8lCodes.COPIES) {
                i = copy(pixels, i, columns, symbol - Vp8lCodes.LITERALS, current, cache);
            } else {
                pixels[i] = cache.get(symbol - Vp8lCodes.LITERALS - Vp8lCodes.COPIES);
                cache.put(pixels[i++]);
            }
        }
        return pixels;
    }

    /**
     * Reads the codes. Those that no tile uses are dropped: a small file can announce 65,536 of them.
     *
     * @param groups of each tile the number of its codes, in the middle bytes; left as the index in the result
     */
    private Vp8lCodes[] codes(int @Nullable [] groups, Vp8lCache cache) throws BadImageException {
        if (groups == null) {
            return new Vp8lCodes[] {Vp8lCodes.read(bits, cache.size())};
        }
        groups(groups);
        int[] used = Arrays.stream(groups).sorted().distinct().toArray();
        Vp8lCodes[] codes = new Vp8lCodes[used.length];
        int kept = 0;
        for (int group = 0; kept < used.length; group++) {
            Vp8lCodes read = Vp8lCodes.read(bits, cache.size());
            if (used[kept] == group) {
                codes[kept++] = read;
            }
        }
        for (int i = 0; i < groups.length; i++) {
            groups[i] = Arrays.binarySearch(used, groups[i]);
        }
        return codes;
    }

    private static void groups(int[] argb) {
        for (int i = 0; i < argb.length; i++) {
            argb[i] = argb[i] >> 8 & 0xffff;
        }
    }

    private int copy(int[] pixels, int at, int columns, int symbol, Vp8lCodes codes, Vp8lCache cache)
            throws BadImageException {
        int length = number(symbol);
        int code = number(codes.distance().read(bits));
        int distance = code - NEAR.length;
        if (code <= NEAR.length) {
            int near = NEAR[code - 1];
            distance = Math.max(1, (near >> 4) * columns + 8 - (near & 15));
        }
        if (distance > at || length > pixels.length - at) {
            throw new BadImageException("the WebP is damaged: it copies pixels from outside the picture");
        }
        for (int i = at; i < at + length; i++) {
            pixels[i] = pixels[i - distance];
            cache.put(pixels[i]);
        }
        return at + length;
    }

    /** A length or distance: its symbol and the bits that follow. */
    private int number(int symbol) throws BadImageException {
        if (symbol < 4) {
            return symbol + 1;
        }
        int extra = (symbol - 2) >> 1;
        return ((2 + (symbol & 1)) << extra) + bits.read(extra) + 1;
    }
}
