/**
 * From a user's SavedModel directory to a frozen flat graph. The proto is parsed and checked here, functions are
 * inlined, variables are read from the checkpoint in Java, and what does not depend on the image is folded. TensorFlow
 * never loads the user's SavedModel: of what came from outside it only ever sees operations known to be pure.
 */
@NullMarked
package io.hedgerow.compiler.frontend;

import org.jspecify.annotations.NullMarked;
