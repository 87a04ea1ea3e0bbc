package io.hedgerow.image.webp;

/** Transform in which green was taken off red and blue. */
record Vp8lGreen(int columns) implements Vp8lTransform {
    @Override
    public int[] invert(int[] argb, int rows) {
        for (int i = 0; i < argb.length; i++) {
            int green = argb[i] >> 8 & 0xff;
            int redAndBlue = (argb[i] & 0xff00ff) + (green << 16 | green);
            argb[i] = (argb[i] & 0xff00ff00) | (redAndBlue & 0xff00ff);
        }
        return argb;
    }
}
