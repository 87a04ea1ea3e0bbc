/** For consumers of explanations: relevance as numbers, placed on the image it was computed for. */
@NullMarked
package io.hedgerow.maps;

import org.jspecify.annotations.NullMarked;
