package io.hedgerow.image.pixels;

/** ITU-R BT.601 luma in 16-bit fixed point, as Pillow's {@code convert("L")} rounds it. */
public final class Luma {
    private Luma() {}

    public static byte[] of(byte[] rgb) {
        byte[] grey = new byte[rgb.length / 3];
        for (int i = 0, from = 0; i < grey.length; i++, from += 3) {
            int red = rgb[from] & 0xff;
            int green = rgb[from + 1] & 0xff;
            int blue = rgb[from + 2] & 0xff;
            grey[i] = (byte) ((19595 * red + 38470 * green + 7471 * blue + 0x8000) >> 16);
        }
        return grey;
    }
}
