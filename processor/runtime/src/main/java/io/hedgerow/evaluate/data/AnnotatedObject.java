package io.hedgerow.evaluate.data;

/**
 * One object in a picture, or a crowd of them.
 *
 * @param label name of its class as the data set has it; {@link #ANY} if it stands for whatever class is explained
 * @param outline what it covers
 * @param difficult whether the data set calls it hard to recognise
 */
public record AnnotatedObject(String label, Outline outline, boolean difficult) {
    /** In place of a label: the object counts for every class. */
    public static final String ANY = "";

    public AnnotatedObject(String label, Outline outline) {
        this(label, outline, false);
    }
}
