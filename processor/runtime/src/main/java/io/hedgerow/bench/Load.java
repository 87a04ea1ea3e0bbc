package io.hedgerow.bench;

/**
 * What to put through a measured stream.
 *
 * @param images events in each direction, taken round-robin from those given; at least 1
 * @param partitions of the topics, at least 1
 * @param pairs of measurements, of which the medians are given; at least 1
 */
public record Load(int images, int partitions, int pairs) {}
