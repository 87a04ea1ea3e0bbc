package io.hedgerow.models;

/**
 * How a model's maps are made; the ratio comes with each request.
 *
 * @param name of the method
 * @param version of the method's propagation rules
 * @param referenceLayer full name of the node at which relevance starts
 * @param precision number format of the propagation
 */
public record MethodInfo(String name, String version, String referenceLayer, Precision precision) {
    /** Number format of the propagation; scores are always float32. */
    public enum Precision {
        FLOAT32,
        BFLOAT16
    }
}
