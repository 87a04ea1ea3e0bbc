/**
 * From single trials to what can be said of a method: means and medians with intervals by resampling whole pictures, differences
 * of methods on the same trials, and how far trials agree. Knows numbers only, not what they measure.
 */
@NullMarked
package io.hedgerow.evaluate.statistics;

import org.jspecify.annotations.NullMarked;
