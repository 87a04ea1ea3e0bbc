package io.hedgerow.image;

/** A part of an 8-bit picture with interleaved channels. */
final class Pixels {
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
    Pixels(byte[] data, int pictureWidth, int channels, Box part) {
        this.data = data;
        this.pictureWidth = pictureWidth;
        this.channels = channels;
        this.part = part;
    }

    byte[] data() {
        return data;
    }

    int channels() {
        return channels;
    }

    int width() {
        return part.width();
    }

    int height() {
        return part.height();
    }

    /** Index in the data of the first sample of a row of the part. */
    int row(int y) {
        return ((part.y() + y) * pictureWidth + part.x()) * channels;
    }
}
