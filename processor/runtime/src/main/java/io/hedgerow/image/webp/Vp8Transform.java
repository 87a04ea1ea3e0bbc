package io.hedgerow.image.webp;

/** VP8's inverse transforms (RFC 6386, section 14), in the integers that every decoder must compute in. */
final class Vp8Transform {
    private Vp8Transform() {}

    /** Of the means of a macroblock's blocks: each becomes the first coefficient of a block. */
    static void means(int[] in, int[] coefficients) {
        int[] columns = new int[16];
        for (int i = 0; i < 4; i++) {
            int a = in[i] + in[12 + i];
            int b = in[4 + i] + in[8 + i];
            int c = in[4 + i] - in[8 + i];
            int d = in[i] - in[12 + i];
            columns[i] = a + b;
            columns[4 + i] = d + c;
            columns[8 + i] = a - b;
            columns[12 + i] = d - c;
        }
        for (int i = 0; i < 16; i += 4) {
            int a = columns[i] + 3 + columns[i + 3];
            int b = columns[i + 1] + columns[i + 2];
            int c = columns[i + 1] - columns[i + 2];
            int d = columns[i] + 3 - columns[i + 3];
            coefficients[16 * i] = (a + b) >> 3;
            coefficients[16 * (i + 1)] = (d + c) >> 3;
            coefficients[16 * (i + 2)] = (a - b) >> 3;
            coefficients[16 * (i + 3)] = (d - c) >> 3;
        }
    }

    /** Adds what the coefficients of a block say to its prediction. */
    static void add(int[] in, int from, Vp8Plane plane, int at) {
        int[] columns = new int[16];
        for (int i = 0; i < 4; i++) {
            int x = from + i;
            int a = in[x] + in[x + 8];
            int b = in[x] - in[x + 8];
            int c = sine(in[x + 4]) - cosine(in[x + 12]);
            int d = cosine(in[x + 4]) + sine(in[x + 12]);
            columns[4 * i] = a + d;
            columns[4 * i + 1] = b + c;
            columns[4 * i + 2] = b - c;
            columns[4 * i + 3] = a - d;
        }
        for (int i = 0; i < 4; i++) {
            int a = columns[i] + 4 + columns[i + 8];
            int b = columns[i] + 4 - columns[i + 8];
            int c = sine(columns[i + 4]) - cosine(columns[i + 12]);
            int d = cosine(columns[i + 4]) + sine(columns[i + 12]);
            int to = at + i * plane.stride;
            plane.add(to, (a + d) >> 3);
            plane.add(to + 1, (b + c) >> 3);
            plane.add(to + 2, (b - c) >> 3);
            plane.add(to + 3, (a - d) >> 3);
        }
    }

    /** Times the square root of 2 and the cosine of an eighth of a turn's quarter. */
    private static int cosine(int value) {
        return ((value * 20091) >> 16) + value;
    }

    private static int sine(int value) {
        return (value * 35468) >> 16;
    }
}
