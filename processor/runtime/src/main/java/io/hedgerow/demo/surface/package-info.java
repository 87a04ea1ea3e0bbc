/**
 * Pictures of brushed metal parts with known defects and stickers, and the small classifiers that were trained on them.
 */
@NullMarked
package io.hedgerow.demo.surface;

import org.jspecify.annotations.NullMarked;
