/**
 * One device: dynamic batches that keep it full, its time limits and memory, and how it is watched and left alone when it
 * fails.
 */
@NullMarked
package io.hedgerow.device;

import org.jspecify.annotations.NullMarked;
