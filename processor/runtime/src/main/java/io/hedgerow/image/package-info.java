/** Pictures in: decoding with limits that are checked before a pixel is. */
@NullMarked
package io.hedgerow.image;

import org.jspecify.annotations.NullMarked;
