/**
 * A map in a few numbers: 16 × 16 cells, features of them, and sums over many maps that come out the same in any order.
 */
@NullMarked
package io.hedgerow.monitor.profile;

import org.jspecify.annotations.NullMarked;
