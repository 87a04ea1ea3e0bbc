package io.hedgerow.image;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the scores in prediction events are. */
public enum ScoreKind {
    /** After softmax or sigmoid. */
    @JsonProperty("probability")
    PROBABILITY,
    /** Before softmax or sigmoid. */
    @JsonProperty("logit")
    LOGIT
}
