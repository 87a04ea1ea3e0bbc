package io.hedgerow.compiler.graph;

/**
 * A network's last feature map, where its relevance starts.
 *
 * @param output the feature map: N × H × W × K, its axes in any order
 * @param collapse the operation that collapses space, between it and the scores
 */
public record ReferenceLayer(TensorRef output, String collapse) {}
