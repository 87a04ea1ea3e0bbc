package io.hedgerow.models;

import java.util.Map;

/**
 * How a model's maps are made; the ratio comes with each request.
 *
 * @param name of the method
 * @param version of the method's propagation rules
 * @param referenceLayer full name of the node at which relevance starts
 * @param precision number format of the propagation
 * @param parameters what else it was made with, by name
 */
public record MethodInfo(
        String name, String version, String referenceLayer, Precision precision, Map<String, String> parameters) {
    /** Of a method that was made with nothing else. */
    public MethodInfo(String name, String version, String referenceLayer, Precision precision) {
        this(name, version, referenceLayer, precision, Map.of());
    }

    /** Number format of the propagation; scores are always float32. */
    public enum Precision {
        FLOAT32,
        BFLOAT16
    }
}
