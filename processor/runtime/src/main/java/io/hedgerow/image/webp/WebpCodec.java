package io.hedgerow.image.webp;

import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.ImageCodec;

/** WebP, lossy (VP8) and lossless (VP8L); of an animation the first frame, on a black canvas. Alpha is dropped. */
public final class WebpCodec implements ImageCodec {
    // RATIONALE: Why are WebP and TIFF decoded by classes of our own?
    @Override
    public DecodedImage decode(byte[] bytes, SizeCheck size) throws BadImageException {
        WebpFile file = new WebpFile(bytes, size);
        byte[] rgb = file.decode();
        if (file.width() != file.canvasWidth() || file.height() != file.canvasHeight()) {
            rgb = onCanvas(rgb, file);
        }
        return new DecodedImage(rgb, file.canvasWidth(), file.canvasHeight(), file.orientation());
    }

    private static byte[] onCanvas(byte[] frame, WebpFile file) {
        byte[] canvas = new byte[file.canvasWidth() * file.canvasHeight() * 3];
        int rowBytes = file.width() * 3;
        for (int y = 0; y < file.height(); y++) {
            int to = ((file.top() + y) * file.canvasWidth() + file.left()) * 3;
            System.arraycopy(frame, y * rowBytes, canvas, to, rowBytes);
        }
        return canvas;
    }
}
