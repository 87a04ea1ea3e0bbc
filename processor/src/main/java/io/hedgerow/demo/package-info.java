/**
 * What the demo needs that a real installation brings itself: a broker inside the process, and a generated stream of
 * prediction events.
 */
@NullMarked
package io.hedgerow.demo;

import org.jspecify.annotations.NullMarked;
