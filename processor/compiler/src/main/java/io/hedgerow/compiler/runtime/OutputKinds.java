package io.hedgerow.compiler.runtime;

import io.hedgerow.compiler.api.OutputKind;

/** What the compiler found a model's output to be, in the words of its settings. */
public final class OutputKinds {
    private OutputKinds() {}

    public static ScoreKind of(OutputKind kind) {
        return switch (kind) {
            case PROBABILITY -> ScoreKind.PROBABILITY;
            case LOG_PROBABILITY -> ScoreKind.LOG_PROBABILITY;
            case LOGIT -> ScoreKind.LOGIT;
            case VALUE -> ScoreKind.VALUE;
        };
    }
}
