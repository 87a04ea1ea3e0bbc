package io.hedgerow.evaluate.perturbation;

import io.hedgerow.compiler.runtime.ImageTensor;
import io.hedgerow.compiler.runtime.Outputs;

/** A picture as the model takes it, with the classes that are explained of it. Each is equal to itself alone. */
public final class Subject {
    private final String name;
    private final ImageTensor tensor;
    private final Outputs outputs;
    private final int[] classes;
    private final long seed;

    /**
     * @param name of the picture
     * @param tensor the model's input
     * @param outputs what the model says of it
     * @param classes indices of the classes explained; nobody may change them afterwards
     * @param seed of everything random about this picture
     */
    public Subject(String name, ImageTensor tensor, Outputs outputs, int[] classes, long seed) {
        this.name = name;
        this.tensor = tensor;
        this.outputs = outputs;
        this.classes = classes;
        this.seed = seed;
    }

    /** Of the picture. */
    public String name() {
        return name;
    }

    /** The model's input. */
    public ImageTensor tensor() {
        return tensor;
    }

    /** What the model says of it. */
    public Outputs outputs() {
        return outputs;
    }

    /** Indices of the classes explained; not to be changed. */
    public int[] classes() {
        return classes;
    }

    /** Of everything random about this picture. */
    public long seed() {
        return seed;
    }
}
