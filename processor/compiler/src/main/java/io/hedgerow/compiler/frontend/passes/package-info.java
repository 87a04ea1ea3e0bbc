/**
 * Passes that rewrite a flat graph into one that computes the same and that can be explained: one interface, one list, shapes
 * inferred anew after each.
 */
@NullMarked
package io.hedgerow.compiler.frontend.passes;

import org.jspecify.annotations.NullMarked;
