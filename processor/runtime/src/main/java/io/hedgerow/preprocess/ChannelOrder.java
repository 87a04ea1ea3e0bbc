package io.hedgerow.preprocess;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Order of the three colour channels in a model's input. */
public enum ChannelOrder {
    @JsonProperty("rgb")
    RGB,
    @JsonProperty("bgr")
    BGR
}
