package io.hedgerow.compiler.runtime;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;

/** What a classifier's numbers are: its output, or the scores in prediction events. */
public enum ScoreKind {
    /** After softmax or sigmoid. */
    @JsonProperty("probability")
    PROBABILITY("probability"),
    /** The logarithm of a probability. */
    @JsonProperty("log-probability")
    LOG_PROBABILITY("log-probability"),
    /** Before softmax or sigmoid. */
    @JsonProperty("logit")
    LOGIT("logit"),
    /** The model's own output, whatever it is: of a regression, say. */
    @JsonProperty("value")
    VALUE("value");

    private final String text;

    ScoreKind(String text) {
        this.text = text;
    }

    /** A number of this kind for people: probabilities in percent, others by name. */
    public String show(double number) {
        return switch (this) {
            case PROBABILITY -> percent(number);
            case LOG_PROBABILITY -> percent(Math.exp(number));
            case LOGIT, VALUE -> "%s %.2f".formatted(text, number);
        };
    }

    /**
     * A number for people, as a record describes it.
     *
     * @param kind in words, as {@link #toString} says it; anything else is not known
     */
    public static String show(String kind, double number) {
        return Arrays.stream(values())
                .filter(known -> known.text.equals(kind))
                .findFirst()
                .map(known -> known.show(number))
                .orElseGet(() -> "%.3f".formatted(number));
    }

    private static String percent(double probability) {
        return "%.1f %%".formatted(100 * probability);
    }

    @Override
    public String toString() {
        return text;
    }
}
