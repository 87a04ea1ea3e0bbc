package io.hedgerow.compiler.propagation;

import io.hedgerow.compiler.analysis.Footprint;

/** Layers that relevance goes through one after another, and what they do with memory. Grows by those relevance comes to. */
public final class ClassLoopRegion {
    /** Of the largest relevance of one class of an image: smaller ones stay in caches anyhow, larger ones never. By trial. */
    private static final long SMALLEST = 1L << 20;

    private static final long LARGEST = 8L << 20;
    /** For each entry of a layer's input and output: with more of them, arithmetic is what takes time. By trial on a CPU. */
    private static final long MOST_PRODUCTS = 40;
    /** Tensors of the size of a layer's output, and of its input, that classes share. */
    private static final long SHARED_OF_OUTPUT = 3;

    private static final long SHARED_OF_INPUT = 2;

    private final String begin;
    private long largest;
    private long largestLayer;
    private long shared;
    private long entries;
    private long products;

    /**
     * An empty one.
     *
     * @param begin computes the relevance that comes to it
     */
    ClassLoopRegion(String begin) {
        this.begin = begin;
    }

    String begin() {
        return begin;
    }

    /** In bytes, of the relevance of one class of one image. */
    long largest() {
        return largest;
    }

    /** A node that relevance goes through, with the size of its output in bytes. */
    void add(long output) {
        largest = Math.max(largest, output);
    }

    /**
     * The same of a layer.
     *
     * @param perOutput products that are summed for each entry of the output
     */
    void addLayer(long input, long output, long perOutput) {
        largestLayer = Math.max(largestLayer, input + output);
        shared += SHARED_OF_OUTPUT * output + SHARED_OF_INPUT * input;
        entries += (input + output) / Float.BYTES;
        products += output / Float.BYTES * perOutput;
    }

    /** Whether one class after another takes less time than all at once, and no more memory than is reckoned with anyhow. */
    boolean suitsOneByOne() {
        return largest >= SMALLEST
                && largest <= LARGEST
                && products <= MOST_PRODUCTS * entries
                // all of it is held until the last class has gone through
                && shared <= Footprint.TENSORS_OF_A_LAYER / 2 * largestLayer;
    }
}
