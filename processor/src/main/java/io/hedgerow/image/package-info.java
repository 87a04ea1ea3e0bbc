/** Images in and out: decoding with limits, preprocessing to a model's tensor, and heat maps over images. */
@NullMarked
package io.hedgerow.image;

import org.jspecify.annotations.NullMarked;
