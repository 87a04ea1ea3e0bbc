package io.hedgerow.compiler.api;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a model's own output is, number by number. */
public enum OutputKind {
    /** From 0 to 1: after softmax or sigmoid, or a mean of such. */
    @JsonProperty("probability")
    PROBABILITY("probability"),
    /** The logarithm of a probability. */
    @JsonProperty("log-probability")
    LOG_PROBABILITY("log-probability"),
    /** What a softmax or sigmoid is taken of: the output of a linear layer. */
    @JsonProperty("logit")
    LOGIT("logit"),
    /** None of these, as the output of a regression: of an operation that none of them comes from. */
    @JsonProperty("value")
    VALUE("value");

    private final String text;

    OutputKind(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
