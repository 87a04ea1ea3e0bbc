/** The propagation of relevance: one class per rule family, written as ordinary TensorFlow nodes. */
@NullMarked
package io.hedgerow.compiler.rules;

import org.jspecify.annotations.NullMarked;
