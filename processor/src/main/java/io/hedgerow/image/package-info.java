/**
 * Pictures in and out: decoding with limits that are checked before a pixel is, preprocessing into the tensor that a
 * model takes, the affine way back from tensor to picture, and pictures of attribution maps.
 */
@NullMarked
package io.hedgerow.image;

import org.jspecify.annotations.NullMarked;
