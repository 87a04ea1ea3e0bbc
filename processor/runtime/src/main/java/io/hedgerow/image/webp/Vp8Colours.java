package io.hedgerow.image.webp;

/** RGB of a VP8 frame as libwebp makes it: colours brought to full size by weights of 9, 3, 3 and 1, then BT.601. */
final class Vp8Colours {
    private final Vp8Plane luma;
    private final Vp8Plane[] colours;
    private final int width;
    private final int height;
    private final int[] blue;
    private final int[] red;

    Vp8Colours(Vp8Plane luma, Vp8Plane[] colours, int width, int height) {
        this.luma = luma;
        this.colours = colours;
        this.width = width;
        this.height = height;
        blue = new int[width];
        red = new int[width];
    }

    byte[] toRgb() {
        byte[] rgb = new byte[width * height * 3];
        int last = (height - 1) / 2;
        for (int y = 0, to = 0; y < height; y++) {
            int near = y / 2;
            int far = Math.max(0, Math.min(last, y % 2 == 0 ? near - 1 : near + 1));
            widen(colours[0], near, far, blue);
            widen(colours[1], near, far, red);
            int row = luma.at(0, y);
            for (int x = 0; x < width; x++) {
                int grey = (luma.get(row + x) * 19077) >> 8;
                rgb[to++] = level(grey + ((red[x] * 26149) >> 8) - 14234);
                rgb[to++] = level(grey - ((blue[x] * 6419) >> 8) - ((red[x] * 13320) >> 8) + 8708);
                rgb[to++] = level(grey + ((blue[x] * 33050) >> 8) - 17685);
            }
        }
        return rgb;
    }

    /** One row of luma's width from the nearer and the farther row of a colour. */
    private void widen(Vp8Plane colour, int nearRow, int farRow, int[] into) {
        int near = colour.at(0, nearRow);
        int far = colour.at(0, farRow);
        into[0] = end(colour, near, far);
        int pairs = (width - 1) / 2;
        for (int x = 1; x <= pairs; x++) {
            int a = colour.get(near + x - 1);
            int b = colour.get(near + x);
            int c = colour.get(far + x - 1);
            int d = colour.get(far + x);
            int sum = a + b + c + d + 8;
            into[2 * x - 1] = (((sum + 2 * (b + c)) >> 3) + a) >> 1;
            into[2 * x] = (((sum + 2 * (a + d)) >> 3) + b) >> 1;
        }
        if (width % 2 == 0) {
            into[width - 1] = end(colour, near + pairs, far + pairs);
        }
    }

    private static int end(Vp8Plane colour, int near, int far) {
        return (3 * colour.get(near) + colour.get(far) + 2) >> 2;
    }

    /** Without its six bits of fraction. */
    private static byte level(int value) {
        return (byte) Math.max(0, Math.min(255, value >> 6));
    }
}
