package io.hedgerow.dashboard.view;

/**
 * A mean map.
 *
 * @param grid its sum is 1
 * @param n maps that it is the mean of
 */
public record MeanMap(Grid grid, long n) {}
