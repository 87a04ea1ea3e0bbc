/** Rules that ask nothing of a method but that it carries relevance: activations, pooling, gates, and all that moves entries. */
@NullMarked
package io.hedgerow.compiler.rules;

import org.jspecify.annotations.NullMarked;
