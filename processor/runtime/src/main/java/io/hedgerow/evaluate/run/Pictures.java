package io.hedgerow.evaluate.run;

import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.TensorSpec;
import io.hedgerow.evaluate.data.Annotations;
import io.hedgerow.evaluate.data.BadDataException;
import io.hedgerow.evaluate.data.Reason;
import io.hedgerow.evaluate.data.Sample;
import io.hedgerow.image.ImageDecoder;
import io.hedgerow.image.pixels.BadImageException;
import io.hedgerow.image.pixels.DecodedImage;
import io.hedgerow.preprocess.Preprocessing;

/** Turns pictures of data sets into what a model takes. Thread-safe. */
public final class Pictures {
    private final ImageDecoder decoder = new ImageDecoder();
    private final TensorSpec spec;
    private final Preprocessing preprocessing;

    public Pictures(TensorSpec spec, Preprocessing preprocessing) {
        this.spec = spec;
        this.preprocessing = preprocessing;
    }

    public Preprocessing preprocessing() {
        return preprocessing;
    }

    Picture of(Sample sample) throws BadDataException {
        Annotations annotations = sample.annotations();
        DecodedImage image = decoded(sample.picture());
        check(annotations, image.uprightWidth(), image.uprightHeight());
        return new Picture(
                sample, annotations, preprocessing.apply(image, spec), image.uprightWidth(), image.uprightHeight());
    }

    /** A picture that another one equals, decoded already. */
    Picture of(Sample sample, Picture equal) throws BadDataException {
        Annotations annotations = sample.annotations();
        check(annotations, equal.width(), equal.height());
        return equal.as(sample, annotations);
    }

    private static void check(Annotations annotations, int width, int height) throws BadDataException {
        boolean isStated = annotations.width() > 0 && annotations.height() > 0;
        if (isStated && (annotations.width() != width || annotations.height() != height)) {
            throw new BadDataException(
                    Reason.SIZE_DIFFERS,
                    "annotated at %d x %d, but the picture has %d x %d"
                            .formatted(annotations.width(), annotations.height(), width, height));
        }
    }

    /** What the model takes of an encoded picture. */
    ImageTensor tensor(byte[] picture) throws BadDataException {
        return preprocessing.apply(decoded(picture), spec);
    }

    /** As people see it. */
    public DecodedImage upright(byte[] picture) throws BadDataException {
        return decoded(picture).upright();
    }

    private DecodedImage decoded(byte[] picture) throws BadDataException {
        try {
            return decoder.decode(picture, preprocessing.decoder(), spec.channels());
        } catch (BadImageException e) {
            throw new BadDataException(Reason.PICTURE_BAD, String.valueOf(e.getMessage()), e);
        }
    }
}
