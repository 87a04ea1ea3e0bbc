package io.hedgerow.image.format;

/**
 * Meaning of a JPEG's channels, and their conversion to RGB: libjpeg's fixed-point arithmetic (jdcolor.c) for
 * YCbCr, Pillow's for CMYK, which takes every CMYK JPEG for an inverted one as Adobe writes them.
 */
public enum JpegColours {
    GREY(1),
    RGB(3),
    YCC(3),
    CMYK(4),
    YCCK(4);

    private static final int FRACTION_BITS = 16;
    private static final int HALF = 1 << (FRACTION_BITS - 1);
    private static final int CR_TO_RED = fix(1.40200);
    private static final int CB_TO_BLUE = fix(1.77200);
    private static final int CR_TO_GREEN = fix(0.71414);
    private static final int CB_TO_GREEN = fix(0.34414);

    private final int channels;

    JpegColours(int channels) {
        this.channels = channels;
    }

    int channels() {
        return channels;
    }

    /** Converts interleaved channels; three channels in place. */
    public byte[] toRgb(byte[] samples) {
        if (samples.length % channels != 0) {
            throw new IllegalArgumentException("%d samples of %d channels".formatted(samples.length, channels));
        }
        return switch (this) {
            case RGB -> samples;
            case GREY -> grey(samples);
            case YCC -> {
                ycc(samples, channels);
                yield samples;
            }
            case CMYK -> cmyk(samples);
            case YCCK -> {
                ycc(samples, channels);
                // libjpeg makes CMY of YCC as 255 - RGB; CMYK from Adobe is inverted once more
                for (int i = 0; i < samples.length; i++) {
                    samples[i] = i % channels == 3 ? samples[i] : (byte) ~samples[i];
                }
                yield cmyk(samples);
            }
        };
    }

    private static byte[] grey(byte[] samples) {
        byte[] rgb = new byte[samples.length * 3];
        for (int i = 0, to = 0; i < samples.length; i++) {
            rgb[to++] = samples[i];
            rgb[to++] = samples[i];
            rgb[to++] = samples[i];
        }
        return rgb;
    }

    private static void ycc(byte[] samples, int channels) {
        for (int i = 0; i < samples.length; i += channels) {
            int y = samples[i] & 0xff;
            int cb = (samples[i + 1] & 0xff) - 128;
            int cr = (samples[i + 2] & 0xff) - 128;
            samples[i] = clip(y + ((CR_TO_RED * cr + HALF) >> FRACTION_BITS));
            samples[i + 1] = clip(y + ((-CB_TO_GREEN * cb - CR_TO_GREEN * cr + HALF) >> FRACTION_BITS));
            samples[i + 2] = clip(y + ((CB_TO_BLUE * cb + HALF) >> FRACTION_BITS));
        }
    }

    /** From inverted CMYK, where a sample of 255 is no ink. */
    private static byte[] cmyk(byte[] samples) {
        byte[] rgb = new byte[samples.length / 4 * 3];
        for (int from = 0, to = 0; from < samples.length; from += 4) {
            int light = samples[from + 3] & 0xff;
            for (int c = 0; c < 3; c++) {
                int ink = 255 - (samples[from + c] & 0xff);
                int product = ink * light + 128;
                rgb[to++] = clip(light - (((product >> 8) + product) >> 8));
            }
        }
        return rgb;
    }

    private static byte clip(int value) {
        return (byte) Math.max(0, Math.min(255, value));
    }

    private static int fix(double value) {
        return (int) (value * (1 << FRACTION_BITS) + 0.5);
    }
}
