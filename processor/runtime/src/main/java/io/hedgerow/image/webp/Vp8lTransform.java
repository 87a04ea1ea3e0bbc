package io.hedgerow.image.webp;

/** Step by which the pixels of a lossless WebP were made smaller (RFC 9649, section 3.5). */
interface Vp8lTransform {
    /** Pixels in a row of the transformed picture. */
    int columns();

    /**
     * Undoes it.
     *
     * @param argb row by row; may be changed
     */
    int[] invert(int[] argb, int rows);
}
