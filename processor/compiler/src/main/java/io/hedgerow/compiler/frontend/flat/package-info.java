/** One flat graph of constants and nodes, and TensorFlow as an evaluator of it. */
@NullMarked
package io.hedgerow.compiler.frontend.flat;

import org.jspecify.annotations.NullMarked;
