/**
 * What the demo needs that a real installation brings itself: a broker inside the process and a factory line: a
 * generator of pictures of brushed metal parts with known defects, two small classifiers trained on such pictures (one
 * on a set with a hidden bias), and the stream of prediction events that the line would produce.
 */
@NullMarked
package io.hedgerow.demo;

import org.jspecify.annotations.NullMarked;
