/** Pictures of attribution maps: overlays, heat maps and contact sheets. */
@NullMarked
package io.hedgerow.render;

import org.jspecify.annotations.NullMarked;
