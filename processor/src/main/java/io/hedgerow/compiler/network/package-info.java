/** The classifier's graph as the rules see it: nodes, shapes, what depends on the image, where the head begins. */
@NullMarked
package io.hedgerow.compiler.network;

import org.jspecify.annotations.NullMarked;
