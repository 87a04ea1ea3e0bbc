/**
 * Finds maps that look at one place again and again, away from the middle: the way in which shortcuts show.
 */
@NullMarked
package io.hedgerow.monitor.shortcut;

import org.jspecify.annotations.NullMarked;
