/** Resizing as other libraries do it, to the bit: Pillow, OpenCV, TensorFlow. */
@NullMarked
package io.hedgerow.image.resampling;

import org.jspecify.annotations.NullMarked;
