package io.hedgerow.image.pixels;

import io.hedgerow.attribution.Box;

/** A part of an 8-bit picture with interleaved channels. */
public final class Pixels {
    private final byte[] data;
    private final int pictureWidth;
    private final int channels;
    private final Box part;

    /**
     * @param data samples of the whole picture, row by row
     * @param pictureWidth width of the whole picture
     * @param channels samples a pixel
     * @param part the part, within the picture
     */
    public Pixels(byte[] data, int pictureWidth, int channels, Box part) {
        this.data = data;
        this.pictureWidth = pictureWidth;
        this.channels = channels;
        this.part = part;
    }

    public byte[] data() {
        return data;
    }

    public int channels() {
        return channels;
    }

    public int width() {
        return part.width();
    }

    public int height() {
        return part.height();
    }

    /** Index in the data of the first sample of a row of the part. */
    public int row(int y) {
        return ((part.y() + y) * pictureWidth + part.x()) * channels;
    }
}
