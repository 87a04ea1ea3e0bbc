package io.hedgerow.event;

import java.util.Locale;

/** Why a record has no explanation. The names, in lower case, are the metrics' {@code reason} tag: they are API. */
public enum Reason {
    /** The value is null. */
    NULL_VALUE,
    /** The value is not an event: other bytes, another schema, an unknown schema id. */
    MALFORMED,
    /** Headers, attributes or classes exceed what an event may have. */
    TOO_MUCH,
    /** The event's time is before {@code limits.earliest} or far in the future. */
    BAD_TIME,
    /** No such model. */
    UNKNOWN_MODEL,
    /** A class that the model does not have, or calls otherwise. */
    BAD_CLASS,
    /** The ratio is not from 1 to 2. */
    BAD_RATIO,
    /** A method that the model was not compiled with. */
    BAD_METHOD,
    /** The picture can't be decoded, or exceeds a limit. */
    BAD_IMAGE,
    /** The raw tensor is not what the model takes, or not finite. */
    BAD_TENSOR,
    /** The image is a reference, which is not followed. */
    IMAGE_REFERENCE,
    /** The model failed on this image, or made something that is not finite. */
    NOT_EXPLAINABLE,
    /** Even the coarsest explanation exceeds the record limit. */
    TOO_LARGE;

    /** The name in records and metrics. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
