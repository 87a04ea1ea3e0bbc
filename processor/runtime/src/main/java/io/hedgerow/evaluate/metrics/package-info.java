/**
 * What can be measured of a map without asking the model again, and the vocabulary of all metrics. Maps lie on the grid of the
 * model's input. Every metric stays the same if a map is multiplied by a positive number; among equal values a permutation seeded by
 * the picture decides, never the order of pixels.
 */
@NullMarked
package io.hedgerow.evaluate.metrics;

import org.jspecify.annotations.NullMarked;
