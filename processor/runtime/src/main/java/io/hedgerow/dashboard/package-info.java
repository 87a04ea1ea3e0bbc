/**
 * The page that shows whether classifiers are right for the right reasons, and its server. Every instance shows the whole: it
 * reads monitoring's topics, and asks no other instance.
 */
@NullMarked
package io.hedgerow.dashboard;

import org.jspecify.annotations.NullMarked;
