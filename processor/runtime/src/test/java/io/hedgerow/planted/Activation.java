package io.hedgerow.planted;

/** What follows a convolution. */
enum Activation {
    RELU,
    RELU6,
    LEAKY_RELU,
    ELU,
    SWISH,
    HARD_SWISH,
    PRELU
}
