/** WebP pictures: lossless (VP8L) and lossy (VP8), with their alpha channel dropped. */
@NullMarked
package io.hedgerow.image.webp;

import org.jspecify.annotations.NullMarked;
