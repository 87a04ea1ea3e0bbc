/**
 * Relevance carried through a network node by node, against the order of the forward pass, by whatever rules a method has; what
 * each rule conserves is written beside it.
 */
@NullMarked
package io.hedgerow.compiler.propagation;

import org.jspecify.annotations.NullMarked;
