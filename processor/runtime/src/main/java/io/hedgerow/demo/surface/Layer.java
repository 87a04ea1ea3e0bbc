package io.hedgerow.demo.surface;

/** Something painted onto a {@link Canvas}, pixel by pixel. */
interface Layer {
    /** Leaves every pixel as it is. */
    Layer NONE = (x, y, rgb) -> false;

    /**
     * Colours one pixel.
     *
     * @param rgb colour of the pixel, 0 to 255 per channel; changed in place
     * @return whether the pixel belongs to the layer
     */
    boolean paint(int x, int y, double[] rgb);
}
