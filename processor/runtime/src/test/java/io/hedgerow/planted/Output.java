package io.hedgerow.planted;

/** What the model makes of its logits. */
enum Output {
    LOGITS,
    SOFTMAX,
    LOG_SOFTMAX,
    SIGMOID,
    /** One output for two classes. */
    ONE_SIGMOID,
    /** Softmax as converters write it: exponents divided by their sum. */
    EXPONENTS
}
