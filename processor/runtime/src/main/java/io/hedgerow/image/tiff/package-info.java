/** TIFF pictures: baseline, LZW and deflate, 8 and 16 bits. */
@NullMarked
package io.hedgerow.image.tiff;

import org.jspecify.annotations.NullMarked;
