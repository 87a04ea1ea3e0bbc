package io.hedgerow.event;

import io.hedgerow.EncodedImage;
import io.hedgerow.ImageReference;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.TensorType;
import io.hedgerow.compiler.runtime.ElementType;
import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.digest.Sha256;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.models.ExplainableModel;
import io.hedgerow.preprocess.RawInput;
import java.nio.ByteBuffer;

/** Turns an event's image into what its model takes. Thread-safe. */
public final class ImageReader {
    private final ImageDecoder decoder;

    public ImageReader(ImageDecoder decoder) {
        this.decoder = decoder;
    }

    /** SHA-256 of the image's bytes in the event; of a reference, the one it states. */
    static String sha256(PredictionEvent event) {
        Object image = event.getImage();
        if (image instanceof EncodedImage picture) {
            return Sha256.hex(picture.getData());
        }
        if (image instanceof RawTensor tensor) {
            return Sha256.hex(tensor.getData());
        }
        return ((ImageReference) image).getSha256();
    }

    /**
     * Decodes and preprocesses a picture, checks a raw tensor.
     *
     * @throws RejectedRecordException if the image is not one that the model can take
     */
    SourceImage read(PredictionEvent event, ExplainableModel model) throws RejectedRecordException {
        Object image = event.getImage();
        if (image instanceof EncodedImage picture) {
            return picture(picture, model);
        }
        if (image instanceof RawTensor tensor) {
            return tensor(tensor, model);
        }
        if (image instanceof ImageReference reference) {
            throw new RejectedRecordException(
                    Reason.IMAGE_REFERENCE,
                    "the event only refers to its image (%s); references are not followed: send the picture's bytes"
                            .formatted(reference.getUri()));
        }
        throw new IllegalStateException("an image of " + image.getClass());
    }

    private SourceImage picture(EncodedImage picture, ExplainableModel model) throws RejectedRecordException {
        ByteBuffer data = picture.getData();
        try {
            DecodedImage decoded = decoder.decode(
                    bytes(data), model.preprocessing().decoder(), model.input().channels());
            ImageTensor tensor = model.preprocessing().apply(decoded, model.input());
            return new SourceImage(tensor, decoded.uprightWidth(), decoded.uprightHeight(), null);
        } catch (BadImageException e) {
            throw new RejectedRecordException(Reason.BAD_IMAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private static SourceImage tensor(RawTensor raw, ExplainableModel model) throws RejectedRecordException {
        int[] shape = raw.getShape().stream().mapToInt(Integer::intValue).toArray();
        ByteBuffer data = raw.getData();
        try {
            ImageTensor tensor = RawInput.of(data, type(raw.getDtype()), shape, model.input());
            return new SourceImage(tensor, model.input().width(), model.input().height(), null);
        } catch (BadImageException e) {
            throw new RejectedRecordException(Reason.BAD_TENSOR, String.valueOf(e.getMessage()), e);
        }
    }

    private static ElementType type(TensorType type) throws RejectedRecordException {
        return switch (type) {
            case UINT8 -> ElementType.UINT8;
            case FLOAT32 -> ElementType.FLOAT32;
            case UNKNOWN ->
                throw new RejectedRecordException(
                        Reason.BAD_TENSOR, "the tensor's element type is unknown; it must be UINT8 or FLOAT32");
        };
    }

    /** The buffer's bytes, without a copy where it holds nothing else. */
    private static byte[] bytes(ByteBuffer data) {
        if (data.hasArray() && data.arrayOffset() == 0 && data.remaining() == data.array().length) {
            return data.array();
        }
        byte[] copy = new byte[data.remaining()];
        data.duplicate().get(copy);
        return copy;
    }
}
