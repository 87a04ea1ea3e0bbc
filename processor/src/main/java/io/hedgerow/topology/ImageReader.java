package io.hedgerow.topology;

import io.hedgerow.ImageReference;
import io.hedgerow.PredictionEvent;
import io.hedgerow.RawTensor;
import io.hedgerow.explain.ExplainableModel;
import io.hedgerow.image.ElementType;
import io.hedgerow.image.ImageTensor;
import io.hedgerow.image.MapTransform;
import io.hedgerow.image.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;

/** Turns an event's image into what its model takes. Thread-safe. */
final class ImageReader {
    /**
     * Decodes and preprocesses a picture, checks a raw tensor.
     *
     * @throws RejectedRecordException if the image is not one that the model can take
     */
    SourceImage read(PredictionEvent event, ExplainableModel model) throws RejectedRecordException {
        Object image = event.getImage();
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

    private static SourceImage tensor(RawTensor raw, ExplainableModel model) throws RejectedRecordException {
        TensorSpec spec = model.input();
        List<Integer> shape = List.of(spec.height(), spec.width(), spec.channels());
        if (!raw.getDtype().name().equals(spec.type().name()) || !raw.getShape().equals(shape)) {
            throw new RejectedRecordException(
                    Reason.BAD_TENSOR,
                    "the tensor is %s %s; model %s takes %s %s (height, width, channels)"
                            .formatted(raw.getDtype(), raw.getShape(), model.name(), spec.type(), shape));
        }
        ByteBuffer data = raw.getData();
        if (data.remaining() != spec.bytes()) {
            throw new RejectedRecordException(
                    Reason.BAD_TENSOR,
                    "the tensor has %d bytes of data; %s %s takes %d"
                            .formatted(data.remaining(), spec.type(), shape, spec.bytes()));
        }
        if (spec.type() == ElementType.FLOAT32) {
            checkFinite(data.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        }
        ImageTensor tensor = new ImageTensor(nativeOrder(data, spec), spec, MapTransform.IDENTITY);
        return new SourceImage(tensor, Sha256.hex(data), spec.width(), spec.height(), null);
    }

    private static void checkFinite(FloatBuffer values) throws RejectedRecordException {
        for (int i = 0; i < values.limit(); i++) {
            if (!Float.isFinite(values.get(i))) {
                throw new RejectedRecordException(
                        Reason.BAD_TENSOR, "element %d of the tensor is %s".formatted(i, values.get(i)));
            }
        }
    }

    private static ByteBuffer nativeOrder(ByteBuffer littleEndian, TensorSpec spec) {
        ByteBuffer bytes = littleEndian.slice();
        if (spec.type() == ElementType.UINT8 || ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            return bytes.order(ByteOrder.nativeOrder());
        }
        ByteBuffer swapped = ByteBuffer.allocate(spec.bytes()).order(ByteOrder.nativeOrder());
        swapped.asFloatBuffer().put(bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer());
        return swapped;
    }
}
