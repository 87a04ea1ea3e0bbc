package io.hedgerow.image.pixels;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Decoder that a classifier's pictures go through before it sees them. Decoders of JPEG differ by up to tens of levels. */
public enum Decoding {
    /** Pillow's, and TensorFlow's with {@code dct_method="INTEGER_ACCURATE"}; pictures are turned as EXIF says. */
    @JsonProperty("accurate")
    ACCURATE,
    /**
     * {@code tf.io.decode_jpeg} and {@code tf.io.decode_image} at their defaults: a faster inverse transform. EXIF is
     * passed over, and so is damage that TensorFlow passes over.
     */
    @JsonProperty("tensorflow")
    TENSORFLOW
}
