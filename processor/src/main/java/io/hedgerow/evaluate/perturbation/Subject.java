package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.Outputs;

/**
 * A picture as the model takes it, with the classes that are explained of it.
 *
 * @param tensor the model's input
 * @param outputs what the model says of it
 * @param classes indices of the classes explained
 * @param seed of everything random about this picture
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Subject(ImageTensor tensor, Outputs outputs, int[] classes, long seed) {}
