package io.hedgerow.image.format;

import io.hedgerow.engine.TensorFlowFailure;
import io.hedgerow.engine.TensorFlowRuntime;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.image.pixels.ImageCodec;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint8;

/** JPEG by TensorFlow's own operation at the defaults that its Python functions have. Thread-safe. */
public final class TensorFlowJpegCodec implements ImageCodec {
    private static final int CHANNELS = 3;

    private final boolean isGrey;

    /**
     * @param isGrey whether the model takes one channel: then what is decoded is the file's own luma, as with
     *     {@code channels=1}
     */
    public TensorFlowJpegCodec(boolean isGrey) {
        this.isGrey = isGrey;
    }

    @Override
    public DecodedImage decode(byte[] bytes, SizeCheck size) throws BadImageException {
        JpegFile file = new JpegFile(bytes, size, true);
        int channels = isGrey ? 1 : CHANNELS;
        byte[] pixels = new byte[Math.multiplyExact(channels, Math.multiplyExact(file.width(), file.height()))];
        boolean isWhole;
        try {
            isWhole = TensorFlowFailure.in(() -> read(file, pixels));
        } catch (TensorFlowFailure e) {
            throw new BadImageException("the JPEG is damaged: " + firstSentence(e.getMessage()), e);
        }
        if (!isWhole) {
            throw new BadImageException(
                    "the JPEG is damaged: its scans do not make %d x %d pixels".formatted(file.width(), file.height()));
        }
        return new DecodedImage(isGrey ? tripled(pixels) : pixels, file.width(), file.height(), file.orientation());
    }

    /** Whether there are as many pixels as are to be filled. */
    private boolean read(JpegFile file, byte[] pixels) {
        try (TString contents = TString.tensorOfBytes(NdArrays.scalarOfObject(file.bare()));
                var results = Decoders.SESSION
                        .runner()
                        .setOptions(Decoders.HERE)
                        .feed(Decoders.CONTENTS, contents)
                        .fetch(isGrey ? Decoders.GREY : Decoders.COLOUR)
                        .run()) {
            TUint8 decoded = (TUint8) results.get(0);
            if (decoded.size() != pixels.length) {
                return false;
            }
            decoded.asRawTensor().data().read(pixels);
            return true;
        }
    }

    private static byte[] tripled(byte[] grey) {
        byte[] rgb = new byte[CHANNELS * grey.length];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = grey[i / CHANNELS];
        }
        return rgb;
    }

    /** Without the node, which is none of the model's. */
    private static String firstSentence(@Nullable String message) {
        return String.valueOf(message)
                .replaceFirst("(?s)\\s*\\[\\[?\\{\\{.*", "")
                .strip();
    }

    /** One session for the process, made when it is first needed: to make one takes longer than to decode a picture. */
    private static final class Decoders {
        static final String CONTENTS = "contents";
        static final String COLOUR = "colour";
        static final String GREY = "grey";
        /** On the thread that asks: decoding has threads of its own. */
        static final RunOptions HERE =
                RunOptions.newBuilder().setInterOpThreadPool(-1).build();

        static final Session SESSION;

        static {
            TensorFlowRuntime.start();
            Graph graph = new Graph();
            Ops tf = Ops.create(graph);
            Operand<TString> contents =
                    tf.withName(CONTENTS).placeholder(TString.class, Placeholder.shape(Shape.scalar()));
            decode(tf.withName(COLOUR), contents, CHANNELS);
            decode(tf.withName(GREY), contents, 1);
            SESSION = new Session(graph);
        }

        private static void decode(Ops tf, Operand<TString> contents, long channels) {
            var unused = tf.image.decodeJpeg(
                    contents,
                    DecodeJpeg.channels(channels),
                    DecodeJpeg.dctMethod("INTEGER_FAST"),
                    DecodeJpeg.fancyUpscaling(true));
        }
    }
}
