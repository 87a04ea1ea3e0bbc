package io.hedgerow.image.pixels;

import java.io.IOException;

/** Decoder of one file format. */
public interface ImageCodec {
    /**
     * Decodes the whole file.
     *
     * @param size called with the size in the header before anything of that size is allocated
     * @throws IOException if the data are damaged; also any RuntimeException of the JDK's readers
     */
    DecodedImage decode(byte[] bytes, SizeCheck size) throws BadImageException, IOException;

    /** Refuses sizes beyond the limits. */
    interface SizeCheck {
        void check(long width, long height) throws BadImageException;
    }
}
