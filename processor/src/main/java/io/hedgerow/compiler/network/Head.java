package io.hedgerow.compiler.network;

/**
 * Where explaining starts.
 *
 * @param scores class scores, before any softmax or sigmoid: N × classes (or a shape that flattens to it)
 * @param activation what the model makes of its scores: {@code softmax}, {@code sigmoid} or {@code none}
 * @param reference the reference layer's output: N × H × W × K
 * @param collapse the operation that collapses space, between the two
 */
public record Head(TensorRef scores, String activation, TensorRef reference, String collapse) {}
