/** A convolution or pooling layer: its geometry and kernel, computed forward and transposed. */
@NullMarked
package io.hedgerow.compiler.layer;

import org.jspecify.annotations.NullMarked;
