/** Decoded pixels, their orientation, and the limits that hold before a pixel is decoded. */
@NullMarked
package io.hedgerow.image.pixels;

import org.jspecify.annotations.NullMarked;
