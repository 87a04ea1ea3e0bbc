/**
 * The classifier's graph as the rules see it: nodes, shapes, layouts, what depends on the image, where the head begins.
 */
@NullMarked
package io.hedgerow.compiler.graph;

import org.jspecify.annotations.NullMarked;
