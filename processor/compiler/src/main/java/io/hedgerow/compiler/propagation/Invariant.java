package io.hedgerow.compiler.propagation;

/**
 * What a layer's relevance must sum to (Nam &amp; Lee, section 3), as tensors of the explanation graph, each B × K × 1.
 *
 * @param node the layer's node
 * @param family of its rule
 * @param actual sum of what its inputs were sent
 * @param expected sum that the method states
 * @param scale what a difference is measured in
 */
public record Invariant(String node, String family, String actual, String expected, String scale) {}
