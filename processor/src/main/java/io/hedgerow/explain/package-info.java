/**
 * From an image's tensor to its attribution maps: the models that can be explained, the devices that compute, the
 * dynamic batcher that keeps a device full, and what is derived from a map.
 */
@NullMarked
package io.hedgerow.explain;

import org.jspecify.annotations.NullMarked;
