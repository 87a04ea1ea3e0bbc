/**
 * The compiler: a TensorFlow SavedModel classifier in, an <em>explanation SavedModel</em> out, which computes scores,
 * predictions and hedged attribution maps (Nam &amp; Lee, arXiv 2205.11109) in one session call.
 */
@NullMarked
package io.hedgerow.compiler;

import org.jspecify.annotations.NullMarked;
