/** From a picture to the tensor that a model takes, as model.yaml says, and the affine way back. */
@NullMarked
package io.hedgerow.preprocess;

import org.jspecify.annotations.NullMarked;
